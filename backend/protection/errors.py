"""What may be refused with protection plans."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class PlanNotOffered(DomainError):
    """The plan is not offered for this thing."""

    message = _("This plan is not offered for this thing any more. Reload the page to see what is.")
    field = "planId"


class OfferOver(DomainError):
    """The days after receipt in which a plan can be bought are over, or have not begun."""

    message = _("A plan can be bought within %(days)s days of receipt. This thing is outside of these days.")
    days: int


class PieceCovered(DomainError):
    """Fewer pieces than wanted are without a plan."""

    message = _("Only %(left)s of these pieces can still get a plan. The others have one, or went back.")
    field = "pieces"
    left: int


class PlanPriceChanged(DomainError):
    """The plan costs other than the page showed."""

    message = _("The price of this plan has changed. Reload the page to see it; nothing was bought.")
    field = "priceMinor"


class CoverageOver(DomainError):
    """The coverage is not in force."""

    message = _("This plan is not in force, so there is nothing to end.")
    state: str


class RepairRunning(DomainError):
    """A repair under the plan is open."""

    message = _("A repair under this plan is open. End the plan when it is done, or withdraw the repair first.")


class PlanIncomplete(DomainError):
    """A plan lacks something that it must say."""

    message = _("A plan needs a name and its cover in three languages, a shelf, and a price from the first fen on.")


class PlanChanged(DomainError):
    """Somebody else wrote a version in the meantime."""

    message = _("Somebody else changed this plan on %(changed_on)s. Reload it, then write your version.")
    changed_on: date
