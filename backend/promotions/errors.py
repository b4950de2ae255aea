"""What promotions may refuse."""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a campaign from starting (error) or that its maker should know (warning)."""

    severity: Literal["error", "warning"]
    message: str | Promise
    field: str | None = None


class CampaignChanged(DomainError):
    """Somebody else saved the campaign since it was opened."""

    message = _("A colleague has changed this campaign meanwhile. Reload it and enter your change again.")
    current_version: int


class CampaignNotReady(DomainError):
    """The campaign has problems that keep it from running."""

    message = _("This campaign cannot run yet. Mend the points marked as errors, save, and try again.")
    problems: list[dict[str, object]]


class CampaignStateRefuses(DomainError):
    """The campaign is not in a state in which this can be done."""

    message = _("This cannot be done while the campaign is in its present state. Reload it to see what can be done.")
    state: str


class BudgetTooSmall(DomainError):
    """The new budget is below what is already spent and promised."""

    message = _("The budget cannot be lower than what is already spent and promised. Enter a higher amount.")
    least: int


class BudgetExhausted(DomainError):
    """The campaign has nothing left to give."""

    message = _("The budget of this offer has been used up. You can buy at the normal price.")
