"""Reading a resident identity number: is it well formed, and how old is its holder."""

import re
from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_LETTERS = "10X98765432"
ID_NUMBER = re.compile(r"\d{17}[\dX]")
BANK_ACCOUNT = re.compile(r"\d{12,19}")
ADULT_AT = 18


def tidy_number(text: str) -> str:
    """A number as it was typed, without blanks."""
    return re.sub(r"[\s-]", "", text).upper()


def born_on(id_number: str) -> date | None:
    """The birthday inside an identity number; nothing if the number cannot be one."""
    if not ID_NUMBER.fullmatch(id_number):
        return None
    total = sum(int(digit) * weight for digit, weight in zip(id_number, WEIGHTS, strict=False))
    if CHECK_LETTERS[total % 11] != id_number[17]:
        return None
    try:
        return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None


def is_adult(born: date, *, today: date) -> bool:
    """Say whether somebody born then is eighteen; who was born on 29 February is so on 1 March."""
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return years >= ADULT_AT


def is_bank_account(number: str) -> bool:
    """Say whether digits can be a bank account."""
    return BANK_ACCOUNT.fullmatch(number) is not None


def masked_name(name: str) -> str:
    """A legal name as staff sees it at first: the family name and stars."""
    return name[:1] + "*" * max(1, len(name) - 1)
