"""What may be refused around creators."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError
from backend.core.money import Money


class ApplicationIncomplete(DomainError):
    """Something in an application is missing or cannot be right."""

    message = _("Something is missing or cannot be right. Check the marked field.")


class NotAnAdult(DomainError):
    """The person is younger than eighteen."""

    message = _("Creators are at least 18 years old. You are welcome to apply when you are.")


class IdentityTaken(DomainError):
    """Another account uses the same identity."""

    message = _("Another account already uses this identity. Sign in there, or write to customer service.")


class ReapplyLater(DomainError):
    """The last application was declined a short while ago."""

    message = _("You can apply again later. The day is shown with the last answer.")
    reapply_from: datetime


class AlreadyCreator(DomainError):
    """The person is a creator already."""

    message = _("You are a creator already. Open the creator centre.")


class ApplicationMovedOn(DomainError):
    """The application is no longer where it was."""

    message = _("This application has moved on. Reload the page to see where it stands.")


class NotACreator(DomainError):
    """Only an active creator may do this."""

    message = _("This is for active creators. Apply first, or ask us why your membership is paused.")


class MembershipMovedOn(DomainError):
    """The membership cannot move so."""

    message = _("This membership has moved on. Reload the page to see where it stands.")


class BriefClosed(DomainError):
    """A brief can no longer be taken."""

    message = _("This collaboration can no longer be taken. Look at the others.")


class CollaborationMovedOn(DomainError):
    """The collaboration is no longer where it was."""

    message = _("This collaboration has moved on. Reload the page to see where it stands.")


class ExclusiveElsewhere(DomainError):
    """An exclusive collaboration of the same shelf stands in the way."""

    message = _("An exclusive collaboration for the same kind of goods stands in the way until it ends.")


class TooManyCollaborations(DomainError):
    """A creator has as many open collaborations as the level allows."""

    message = _("You have as many open collaborations as your level allows. Finish one first.")
    limit: int


class ContentNotEligible(DomainError):
    """A post cannot count as content."""

    message = _("This post does not count yet: %(problem)s")
    problem: str


class CodeUnknown(DomainError):
    """No creator has this code, or it is one's own."""

    message = _("We do not know this code. Check the letters; your own code does not count.")


class NothingToDispute(DomainError):
    """A line cannot be disputed, or is disputed already."""

    message = _("This line cannot be disputed now. If you have written already, wait for the answer.")


class DisputeDecided(DomainError):
    """Somebody has decided the dispute."""

    message = _("This dispute is decided already. Reload the page.")


class ViolationMovedOn(DomainError):
    """The breach cannot move so any more."""

    message = _("This can no longer be changed. Reload the page to see where it stands.")


class AppealTooLate(DomainError):
    """The days for an appeal are over."""

    message = _("The days for an appeal are over. Write to customer service if something new has come up.")


class NothingToPay(DomainError):
    """No creator has reached the least amount."""

    message = _("Nobody has reached the least amount yet. Open a batch when statements are closed.")


class BatchMovedOn(DomainError):
    """The batch is no longer where it was."""

    message = _("This batch has moved on. Reload the page to see where it stands.")


class BatchDoesNotAddUp(DomainError):
    """Batch, items, statements and ledger differ."""

    message = _(
        "Batch %(batch)s, statements %(statements)s and book %(book)s differ. Nothing was frozen; check the book."
    )
    batch: Money
    statements: Money
    book: Money


class SecondPersonNeeded(DomainError):
    """The same person cannot approve twice."""

    message = _("You have approved this batch already. A second person must approve it.")


class ResultFileRefused(DomainError):
    """A result file does not belong to the batch, or says something else than before."""

    message = _("The file was not taken, nothing was changed: %(problem)s")
    problem: str
