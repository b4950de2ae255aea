"""A birthday: told by the person, changed once a year at most, and a gift once a year."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from backend.core.clock import business_day
from backend.core.locks import claim_rows
from backend.core.money import Points
from backend.core.outbox import emit
from backend.core.rows import insert_row_once
from membership import rules, selectors
from membership.actions.give_points import promise_points
from membership.actions.hold_wallets import hold_wallets
from membership.actions.note_deed import note_deed
from membership.actions.vest_points import vest_at_once
from membership.errors import BirthdayChangedLately, BirthdayNotBelievable
from membership.events import BirthdayGiftGiven
from membership.models import Birthday, BirthdayGift


@transaction.atomic
def tell_birthday(*, user_id: UUID, born_on: date, now: datetime) -> Birthday:
    """Keep the birthday of a person. A gift comes on the day, if it was told a week before.

    Raises: BirthdayChangedLately, BirthdayNotBelievable.
    Emits: PointsPromised, PointsVested, TaskDone, BadgeEarned.
    """
    hold_wallets([user_id])
    known = selectors.birthday_of(user_id)
    if known is not None and known.born_on == born_on:
        return known
    if not rules.is_believable(born_on, today=business_day(now)):
        raise BirthdayNotBelievable
    if known is not None and known.told_at > now - rules.YEAR:
        raise BirthdayChangedLately(until=known.told_at + rules.YEAR)
    birthday, _ = Birthday.objects.update_or_create(pk=user_id, defaults={"born_on": born_on, "told_at": now})
    note_deed(user_id=user_id, fact="BIRTHDAY", source_id=user_id, now=now)
    return birthday


@transaction.atomic
def give_birthday_gifts(*, now: datetime, most: int = 100) -> int:
    """Give the gift of the level to those whose birthday is today, once a year each; say how many got one.

    Who changes the birthday after a gift waits until the better part of a year is over.

    Emits: PointsPromised, PointsVested, BirthdayGiftGiven.
    """
    today = business_day(now)
    waiting = selectors.birthdays_due(today, now=now).exclude(pk__in=selectors.gifted_in(today.year))
    people = [each.pk for each in claim_rows(waiting, limit=most)]
    hold_wallets(people)
    for user_id in sorted(people):
        _give(user_id, today=today, now=now)
    return len(people)


def _give(user_id: UUID, *, today: date, now: datetime) -> None:
    step = selectors.step_held(user_id, now=now)
    gift = BirthdayGift(user_id=user_id, year=today.year, points=step.birthday_points, at=now)
    if not insert_row_once(gift) or not gift.points:
        return
    lot = promise_points(
        user_id=user_id,
        points=Points(gift.points),
        cause="birthday",
        source=("birthday", gift.pk),
        rule_version=f"tiers:{step.policy_id}",
        facts={
            "points": gift.points,
            "tier": step.tier_id,
            "tier_names": step.tier.names,
            "policy": step.policy_id,
            "year": today.year,
            "at": now.isoformat(),
        },
        vests_at=now,
        now=now,
    )
    if lot is not None:
        vest_at_once(lot, now=now)
    emit(BirthdayGiftGiven(user_id=user_id, year=today.year, points=gift.points, at=now))
