"""What the desk, the wallet and the monitor say, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.payments.providers.amounts import yuan
from backend.payments.rules.transfers import BY_BANK

CREDIT_TITLES: Mapping[str, Promise] = {
    "credit_grant": _("Given to you"),
    "credit_take_back": _("Taken back"),
    "capture": _("Paid with an order"),
    "refund_due": _("Came back from an order"),
}
RULES: Mapping[str, Promise] = {
    "many_accounts_on_device": _("%(seen)s accounts paid from this device within a day; up to %(usual)s is usual."),
    "many_accounts_at_address": _("%(seen)s accounts paid from this network address within an hour."),
    "many_payers": _("%(seen)s different cards or wallets within a day; up to %(usual)s is usual."),
    "many_failures": _("%(seen)s payments failed within ten minutes; up to %(usual)s is usual."),
    "refunds_at_once": _("%(seen)s orders were given up right after payment within a week."),
    "far_above_habit": _("%(seen)s; about %(usual)s is usual for this account."),
    "large_first_order": _("%(seen)s, and this account has hardly bought before."),
}
IN_YUAN = frozenset({"far_above_habit", "large_first_order"})


def credit_title(kind: str) -> str:
    """Name what moved store credit."""
    return str(CREDIT_TITLES.get(kind, kind))


def finding_text(finding: Mapping[str, Any]) -> str:
    """Say what the monitor saw."""
    rule = str(finding["rule"])
    numbers = {name: finding[name] for name in ("seen", "usual")}
    if rule in IN_YUAN:
        numbers = {name: f"¥{yuan(int(value))}" for name, value in numbers.items()}
    return str(RULES[rule]) % numbers if rule in RULES else rule


def problem_text(problem: str) -> str:
    """Say what keeps a refund; money that came by bank goes back by hand."""
    if not problem.startswith(BY_BANK):
        return problem
    purpose = problem.removeprefix(BY_BANK).replace("-", "")
    return _("Send it by bank transfer and write %(purpose)s as the purpose; the statement settles it.") % {
        "purpose": purpose
    }
