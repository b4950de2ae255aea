"""The words by which a bank transfer is known again: short enough to type, with a letter that finds a wrong one."""

import re
from datetime import timedelta
from uuid import UUID

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
OPENING = "TZ"
BODY = 9
OURS = re.compile(rf"(?=({OPENING}[{LETTERS}]{{{BODY + 1}}}))")
REFUND = re.compile(r"(?=([0-9a-f]{32}))")
BY_BANK = "by_bank:"
# Within this time a person sends a refund by bank; only after it nobody has done what was promised.
BY_HAND_WITHIN = timedelta(days=3)


def transfer_reference(payment_id: UUID) -> str:
    """What the buyer writes into the purpose of a transfer: TZ, nine letters of the payment's id, a check letter."""
    rest, body = payment_id.int, ""
    for _place in range(BODY):
        rest, letter = divmod(rest, len(LETTERS))
        body += LETTERS[letter]
    return OPENING + body + _check(body)


def reference_in(purpose: str) -> str:
    """Find our reference in what a bank printed as the purpose; spaces and dashes do not matter."""
    text = re.sub(r"[\s-]", "", purpose.upper())
    found = {match[1] for match in OURS.finditer(text) if _check(match[1][len(OPENING) : -1]) == match[1][-1]}
    return found.pop() if len(found) == 1 else ""


def refund_in(purpose: str) -> str:
    """Find the id of a refund in the purpose of money that was sent back."""
    found = REFUND.search(re.sub(r"[\s-]", "", purpose.lower()))
    return str(UUID(found[1])) if found else ""


def goes_by_hand(problem: str) -> bool:
    """Whether a refund waits for nothing but a person who sends it by bank."""
    return problem.startswith(BY_BANK)


def _check(body: str) -> str:
    weighed = sum(place * LETTERS.index(letter) for place, letter in enumerate(body, start=2))
    return LETTERS[weighed % 31]
