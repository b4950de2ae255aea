"""Why something about points and levels is refused."""

from collections.abc import Mapping
from datetime import datetime

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


class MallItemClosed(DomainError):
    """The item is not in the mall any more."""

    message = _("This is not in the points mall any more. See what else there is.")


class MallItemGone(DomainError):
    """Nothing is left of the item."""

    message = _("The last one is gone, and your points are still yours. See what else there is.")


class MallLimitReached(DomainError):
    """The person has as many as one may have."""

    message = _("Each person may have %(limit)s of this. Choose something else.")
    limit: int


class MallTierNeeded(DomainError):
    """The item is for higher levels."""

    message = _("This is for higher levels. Your level page says how to get there.")
    tier: Mapping[str, str]


class BirthdayChangedLately(DomainError):
    """The birthday was changed within a year."""

    message = _("A birthday can be changed once a year. Write to support if it was a slip.")
    until: datetime


class BirthdayNotBelievable(DomainError):
    """Nobody who may sign up was born on that day."""

    message = _("Choose the day on which you were born; members are at least 14 years old.")


class DebtSettled(DomainError):
    """Nothing of the debt is open."""

    message = _("Nothing is owed any more. Look at the list again.")


class GrantDecided(DomainError):
    """Somebody decided already."""

    message = _("Somebody has decided about this already. Look at the list again.")


class SecondPersonNeeded(DomainError):
    """Who asks does not decide."""

    message = _("Somebody else has to decide about this. Ask a colleague.")


class LapsedTooLongAgo(DomainError):
    """Nothing of the lot can be brought back."""

    message = _("Only points that lapsed within the last %(days)s days come back. Give new ones instead.")
    days: int


class BackTestChanged(DomainError):
    """What a change would do has not been seen, or is different now."""

    message = _("It would now lift %(up)s members and lower %(down)s. Look at the list again, then save.")
    up: int
    down: int
