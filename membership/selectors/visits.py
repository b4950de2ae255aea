"""What can be asked about daily check-ins."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from backend.core.clock import BUSINESS_ZONE
from membership.models import CheckIn, CheckInRule


def check_in_rule(now: datetime) -> CheckInRule:
    """The version of the check-in rule that holds now."""
    return CheckInRule.objects.filter(valid_from__lte=now).latest("version")


def days_checked_in(user_id: UUID, *, until: date) -> set[date]:
    """The days of the last four hundred on which a person was here."""
    since = until - timedelta(days=400)
    days = CheckIn.objects.filter(user_id=user_id, day__gte=since, day__lte=until)
    return set(days.values_list("day", flat=True))


def make_ups_used(user_id: UUID, *, month_of: date) -> int:
    """How many days of others than today a person made up for in a month, by the day on which it was done."""
    start = datetime.combine(month_of.replace(day=1), time.min, tzinfo=BUSINESS_ZONE)
    return CheckIn.objects.filter(user_id=user_id, is_made_up=True, at__gte=start).count()
