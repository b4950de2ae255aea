"""Months of the shop's days: the first of one, the next, where it begins and ends, and the same day months later."""

from calendar import monthrange
from datetime import date, datetime, time

from backend.core.clock import BUSINESS_ZONE, business_day


def month_of(at: datetime) -> date:
    """The first day of the month of trade."""
    return business_day(at).replace(day=1)


def month_after(month: date, *, months: int = 1) -> date:
    """The first day of the month so many months after the one of a day; less than nothing goes back."""
    years, number = divmod(month.month - 1 + months, 12)
    return date(month.year + years, number + 1, 1)


def bounds_of_month(month: date) -> tuple[datetime, datetime]:
    """From when until when a month of the shop's days is."""
    first, following = month_after(month, months=0), month_after(month)
    return (
        datetime.combine(first, time.min, tzinfo=BUSINESS_ZONE),
        datetime.combine(following, time.min, tzinfo=BUSINESS_ZONE),
    )


def months_later(at: datetime, months: int) -> datetime:
    """The same day so many months later, or the last of its month."""
    day = at.astimezone(BUSINESS_ZONE)
    month = month_after(day.date(), months=months)
    last = monthrange(month.year, month.month)[1]
    return day.replace(year=month.year, month=month.month, day=min(day.day, last)).astimezone(at.tzinfo)
