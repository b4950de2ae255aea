"""Write down what was spent."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.core.clock import business_day
from backend.core.errors import InvalidInput
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.locks import lock_one
from backend.core.money import Money
from referrals.channels import rules, selectors
from referrals.channels.errors import CostBelowZero
from referrals.channels.models import Channel, ChannelCost

ACTION = "channels.record_cost"


@transaction.atomic
def record_cost(
    *, channel_id: UUID, day: date, amount_minor: int, note: str, by: UUID, idempotency_key: UUID, now: datetime
) -> ChannelCost:
    """Write down what was spent on a channel on a day; an amount below zero corrects an entry of that day.

    A closed channel takes costs too: bills come late.

    Raises: CostBelowZero, InvalidInput, KeyReused, NotFound.
    """
    request = {"channel_id": channel_id, "day": day, "amount_minor": amount_minor, "note": note}
    if known := replay_or_reserve(principal_id=by, action=ACTION, key=idempotency_key, request=request):
        return ChannelCost.objects.get(pk=known["cost_id"])
    note = check_entry(day=day, amount_minor=amount_minor, note=note, now=now)
    channel = lock_one(Channel, channel_id)
    left = selectors.cost_of_day(channel.id, day)
    if left + amount_minor < 0:
        raise CostBelowZero(left=Money(left))
    cost = ChannelCost.objects.create(
        channel=channel, day=day, amount_minor=amount_minor, note=note, made_by_id=by, at=now
    )
    remember(principal_id=by, action=ACTION, key=idempotency_key, answer={"cost_id": cost.pk})
    return cost


def check_entry(*, day: date, amount_minor: int, note: str, now: datetime) -> str:
    """Refuse an amount of nothing, a day to come, and an entry without words; give the words.

    Raises: InvalidInput.
    """
    if amount_minor == 0 or abs(amount_minor) > rules.MOST_COST_MINOR:
        raise InvalidInput("amount", _("Enter an amount; with a minus it takes back what was recorded."))
    if not 0 <= (business_day(now) - day).days <= rules.OLDEST_COST_DAYS:
        raise InvalidInput("day", _("A cost belongs to a day of the last two years, not to one to come."))
    words = note.strip().replace("\x00", "")
    if not 1 <= len(words) <= rules.LONGEST_NOTE:
        raise InvalidInput("note", _("Say in up to 120 letters what was paid for."))
    return words
