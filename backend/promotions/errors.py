"""What promotions may refuse."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

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


class OfferTaken(DomainError):
    """The buyer has had this offer as often as one person may."""

    message = _("You have had this offer as often as one person may. Look the price over and order again.")


class OfferUsedUp(DomainError):
    """What a source offered went elsewhere a moment ago, such as points that another order used."""

    message = _(
        "Something that lowered this price was used elsewhere a moment ago. Look the price over and order again."
    )


class CouponNotUsable(DomainError):
    """A chosen coupon cannot be used on this order."""

    message = _("This coupon cannot be used on this order. Choose another, or order without it.")
    field = "couponIds"
    coupon_id: UUID
    reason: str
    missing: int


class CouponsDoNotCombine(DomainError):
    """Two of the chosen coupons cannot be used together."""

    message = _("These coupons cannot be used together. Take one of them out.")
    field = "couponIds"


class CouponUsedUp(DomainError):
    """The coupon's own limit is reached: others were faster."""

    message = _("This coupon has been used up by others. You can order without it; it stays in your coupons.")
    field = "couponIds"


class CouponsGone(DomainError):
    """Every coupon of the pool has been claimed."""

    message = _("All of these coupons have been claimed. Have a look at the others.")


class CouponNotOffered(DomainError):
    """The coupon cannot be claimed now: before or after its time, paused or over."""

    message = _("This coupon cannot be claimed now. Have a look at the others.")


class CouponAlreadyYours(DomainError):
    """The person has as many of these coupons as one may have."""

    message = _("You already have this coupon. You find it among your coupons.")


class NotInAudience(DomainError):
    """The coupon is for other people, such as newcomers."""

    message = _("This coupon is for other shoppers. Have a look at the others.")


class CodeUnknown(DomainError):
    """No coupon answers to this code."""

    message = _("This code does not work. Check the letters, or ask whoever gave it to you.")
    field = "code"


class CouponNotReady(DomainError):
    """The coupon template has problems that keep it from starting."""

    message = _("This coupon cannot start yet. Mend the points marked as errors, save, and try again.")
    problems: list[dict[str, object]]


class CouponChanged(DomainError):
    """Somebody else saved the template since it was opened."""

    message = _("A colleague has changed this coupon meanwhile. Reload it and enter your change again.")
    current_version: int


class CouponStateRefuses(DomainError):
    """The template is not in a state in which this can be done."""

    message = _("This cannot be done while the coupon is in its present state. Reload it to see what can be done.")
    state: str


class CouponTermsFixed(DomainError):
    """A coupon that was started keeps its terms."""

    message = _("People hold this coupon already, so its terms stay. Make a new coupon for other terms.")
    fields: list[str]
