"""What a month may give: promised by one conditional statement, then spent or free again."""

from datetime import datetime

from django.db.models import F, QuerySet

from backend.core.months import month_after, month_of
from backend.core.rows import insert_row_once
from backend.tradein.errors import BudgetUsedUp
from backend.tradein.models import MonthBudget, TradeIn
from backend.tradein.selectors import budget_row


def promise(*, amount_minor: int, now: datetime) -> MonthBudget:
    """Keep a part of this month's budget; the condition in the statement decides who gets the last of it.

    Raises: BudgetUsedUp.
    """
    month = month_of(now)
    insert_row_once(MonthBudget(month=month, limit_minor=budget_row(now=now)["limit_minor"]))
    kept = MonthBudget.objects.filter(
        pk=month, limit_minor__gte=F("promised_minor") + F("given_minor") + amount_minor
    ).update(promised_minor=F("promised_minor") + amount_minor)
    if not kept:
        raise BudgetUsedUp(again_on=month_after(month))
    return MonthBudget.objects.get(pk=month)


def spend_promise(trade_in: TradeIn, *, amount_minor: int) -> None:
    """Turn what was kept for a thing into what was given for it; the rest is free again."""
    _kept_for(trade_in).update(
        promised_minor=F("promised_minor") - trade_in.offered_minor, given_minor=F("given_minor") + amount_minor
    )


def free_promise(trade_in: TradeIn) -> None:
    """Let go of what was kept for a thing."""
    _kept_for(trade_in).update(promised_minor=F("promised_minor") - trade_in.offered_minor)


def _kept_for(trade_in: TradeIn) -> QuerySet[MonthBudget]:
    return MonthBudget.objects.filter(pk__in=TradeIn.objects.filter(pk=trade_in.pk).values("budget_id"))
