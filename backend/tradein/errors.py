"""What may be refused with trade-ins."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError
from backend.core.money import Money


class KindNotTaken(DomainError):
    """The shop does not take this kind now."""

    message = _("We do not take this kind of thing at the moment. Choose another from the list.")
    field = "kindId"


class AnswersMissing(DomainError):
    """A question is not answered."""

    message = _("Answer every question, then the offer can be worked out.")
    field = "answers"


class ThingNotTaken(DomainError):
    """With these answers nothing is left of the price, or the thing is not taken."""

    message = _("In this condition we cannot take it. Please have it recycled where you live.")
    field = "answers"


class TooManyTradeIns(DomainError):
    """Somebody has many open offers."""

    message = _("You have %(most)s open trade-ins. Finish or withdraw one of them first.")
    most: int


class TradeInMovedOn(DomainError):
    """It stands elsewhere than the page showed."""

    message = _("This trade-in has moved on in the meantime. Reload the page to see where it stands.")
    state: str


class TradeInTimeOver(DomainError):
    """The time for this step is over."""

    message = _("The time for this step is over. Ask for a new offer; it takes a minute.")
    state: str


class BudgetUsedUp(DomainError):
    """Nothing is left of what may be given this month."""

    message = _("We have taken as much as we can this month. Your offer stays; try again on %(again_on)s.")
    again_on: date


class AboveOffer(DomainError):
    """The inspector would give more than was offered."""

    message = _("At most the offer, %(most)s, can be given. Enter less.")
    field = "amountMinor"
    most: Money


class ReasonsNeeded(DomainError):
    """A lower price lacks reasons or a picture."""

    message = _("A lower price needs reasons in at least ten letters and a picture of what was found.")
    field = "note"


class OwnTradeIn(DomainError):
    """Somebody would inspect their own thing."""

    message = _("This is your own thing, so somebody else must inspect it.")


class ListIncomplete(DomainError):
    """A price list lacks something that it must say."""

    message = _(
        "A price list needs a name and every question and answer in three languages, and a base price above one step."
    )


class ListChanged(DomainError):
    """Somebody else wrote a version in the meantime."""

    message = _("Somebody else changed this price list on %(changed_on)s. Reload it, then write your version.")
    changed_on: date


class BudgetBelowPromised(DomainError):
    """The budget would be lower than what is promised and given."""

    message = _("%(least)s is promised or given this month already. The budget cannot be lower.")
    field = "limitMinor"
    least: Money
