"""Why points cannot be used."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class PointsTooFew(DomainError):
    """Somebody wants to use more points than they have."""

    message = _("You can use %(available)s points now. Look at the price again, or pay without points.")
    available: int


class CheckedInAlready(DomainError):
    """The person was here on that day."""

    message = _("You have checked in for this day. Come back tomorrow.")


class DayCannotBeMadeUp(DomainError):
    """The day lies too far back, or has not come yet."""

    message = _("Only the last %(days)s days can be made up. Check in today instead.")
    days: int


class MakeUpsUsed(DomainError):
    """Every make-up of the month is used."""

    message = _("You have used your make-ups of this month. The next month brings new ones.")
