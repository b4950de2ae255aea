"""What may be refused in after-sales."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError
from backend.core.money import Money


class NotEligible(DomainError):
    """The order stands where nothing of it can be returned."""

    message = _("Nothing of this order can be returned where it stands now. Open the order to see what you can do.")
    state: str


class AwaitsGroup(DomainError):
    """The group of the order has not filled."""

    message = _("The group of this order is still filling. Leave the group and all of your money comes back.")


class TypeNotPossible(DomainError):
    """What is asked for, or why, does not fit where the order stands."""

    message = _("This cannot be asked for here. Choose one of the ways that are offered.")
    field = "type"


class WindowClosed(DomainError):
    """The time to ask for this is over."""

    message = _("The time to ask for this ended on %(ended_on)s. Write to customer service if it is a fault.")
    ended_on: date


class NeverReturnable(DomainError):
    """Things of this category cannot be sent back without a fault."""

    message = _("Fresh and custom-made things are only taken back when something is wrong with them.")
    line_id: UUID


class TooManyPieces(DomainError):
    """More pieces were chosen than can be returned."""

    message = _("Only %(left)s of these can still be returned. Choose fewer.")
    field = "pieces"
    line_id: UUID
    left: int


class NothingToGiveBack(DomainError):
    """The chosen pieces are worth nothing after what is taken off."""

    message = _("Nothing would come back for this choice. Send the gifts back too, or choose more pieces.")
    field = "pieces"


class PriceNotLower(DomainError):
    """The price has not fallen."""

    message = _("It does not cost less today than you paid. Look again within fifteen days of paying.")


class ProtectedAlready(DomainError):
    """The difference was paid or asked for before."""

    message = _("The price difference of this was already asked for. Open your cases to see it.")
    line_id: UUID


class VariantNotPossible(DomainError):
    """The wanted piece is not of the same product or not for sale."""

    message = _("Choose another kind of the same product that is in stock.")
    field = "pieces"


class CaseMovedOn(DomainError):
    """The case stands elsewhere than the page showed."""

    message = _("This case has moved on in the meantime. Reload the page to see where it stands.")
    state: str


class DeadlineOver(DomainError):
    """The time for this step is over."""

    message = _("The time for this step is over, and the case goes its way by itself. Reload the page to see it.")
    state: str


class PartStillToCome(DomainError):
    """A part of what is sent once more has not left yet, or came back."""

    message = _("A part of this case has not left yet. Confirm it when everything is there.")


class ReasonsNeeded(DomainError):
    """A decision or statement has too few words."""

    message = _("Say why, in at least ten letters.")
    field = "note"


class AmountTooHigh(DomainError):
    """More is given than was asked for."""

    message = _("At most %(most)s can go back in this case. Enter less.")
    field = "amountMinor"
    most: Money


class OwnCase(DomainError):
    """An agent decides about their own order."""

    message = _("This is your own order, so somebody else must decide.")


class NeedsAnother(DomainError):
    """The one who decided before cannot decide again."""

    message = _("You have already decided in this matter. Somebody else must look at it.")


class CompensationTooHigh(DomainError):
    """All compensations of an order together would be more than the order."""

    message = _("Compensations of this order may come to %(most)s more at most. Enter less.")
    field = "amountMinor"
    most: Money


class CompensationDecided(DomainError):
    """A compensation was paid or refused before."""

    message = _("This was decided already. Reload the page to see how.")


class CaseStillOpen(DomainError):
    """Only a case that is over can be filed."""

    message = _("This case is not over yet. File it once it is done.")


class FlowStands(DomainError):
    """The buyer has an own return flow already."""

    message = _("An own return flow stands for this buyer already. End it before you set another.")


class FlowOver(DomainError):
    """The own return flow has ended."""

    message = _("This return flow has ended. Your next returns go the usual way.")


class MoneyWentAhead(DomainError):
    """A case whose money went back before the thing arrived cannot be withdrawn."""

    message = _("The money of this case is with you already, so the thing must come to us. Write to us if it cannot.")


class AdvanceSettled(DomainError):
    """No money of this case waits for its thing."""

    message = _("Nothing of this case waits to be settled. Reload the page to see how it ended.")


class LookFirst(DomainError):
    """The case is in the middle of an inspection or an appeal."""

    message = _("This case is being looked at. Finish the inspection or the appeal first, then settle it.")


class AbsenceOverlaps(DomainError):
    """The agent is away on some of these days already."""

    message = _("This agent is away on some of these days already. Change that absence, or choose other days.")
    field = "startsAt"


class StandInCircle(DomainError):
    """Following who stands in for whom would come back to the one who is away."""

    message = _("%(name)s is away in that time, and the way of stand-ins leads back. Choose somebody who is there.")
    field = "standInId"
    name: str


class AbsenceOver(DomainError):
    """The absence has ended or was called off."""

    message = _("This absence is over already. Reload the page to see who answers now.")
