"""What quality may refuse."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class NobodyLeft(DomainError):
    """Somebody has to bring the parcels."""

    message = _("No other carrier would be left for this region. Let another one go there first.")


class ImprovementIsClosed(DomainError):
    """Nothing more is written into a closed case."""

    message = _("This case is closed. Open a new one if it happens again.")


class ReviewedAlready(DomainError):
    """One look by each side."""

    message = _("This sample has been looked at from your side already.")


class NotYourSample(DomainError):
    """The agent looks at the own work, a second person at that of others."""

    message = _("You cannot look at this sample: it is your own, or you have looked at it from the other side.")


class ReviewFirst(DomainError):
    """Who has not looked has nothing to say yet."""

    message = _("Look at the sample first, then write to the agent.")
