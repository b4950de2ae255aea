"""Asking what an old thing is worth."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.core.errors import InvalidInput
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.locks import advisory_lock
from backend.core.pictures.selectors import owns_pictures
from backend.tradein import rules
from backend.tradein.errors import AnswersMissing, KindNotTaken, ThingNotTaken, TooManyTradeIns
from backend.tradein.models import TradeIn, TradeInPicture
from backend.tradein.selectors import current_list, open_count, worth_by


@transaction.atomic
def ask_trade_in(
    *,
    kind_id: UUID,
    answers: Mapping[str, str],
    words: str,
    picture_ids: Sequence[UUID],
    person_id: UUID,
    idempotency_key: UUID,
    now: datetime,
) -> TradeIn:
    """Say what a thing is and how it is; the offer that follows is good for 14 days and obliges to nothing.

    Raises: KindNotTaken, AnswersMissing, ThingNotTaken, TooManyTradeIns, InvalidInput, KeyReused.
    """
    key: dict[str, Any] = {"principal_id": person_id, "action": "ask_trade_in", "key": idempotency_key}
    if answered := replay_or_reserve(**key, request={"kind": kind_id, "answers": dict(answers), "words": words}):
        return TradeIn.objects.get(pk=answered["tradeInId"])
    if len(words) > rules.LONGEST_WORDS:
        raise InvalidInput("words")
    advisory_lock("trade_in.person", str(person_id))
    if open_count(person_id) >= rules.MOST_OPEN:
        raise TooManyTradeIns(most=rules.MOST_OPEN)
    price_list = current_list(kind_id)
    if price_list is None or not price_list.kind.is_open:
        raise KindNotTaken
    worth = worth_by(price_list, answers)
    if worth is None:
        raise AnswersMissing
    if not worth.is_taken:
        raise ThingNotTaken
    trade_in = TradeIn.objects.create(
        number=rules.new_number(now=now),
        person_id=person_id,
        price_list=price_list,
        answers={question["key"]: answers[question["key"]] for question in price_list.questions},
        words=words.strip(),
        arithmetic=[
            {"ask": dict(each.ask), "answer": dict(each.answer), "steps": each.steps, "minor": each.minor}
            for each in worth.steps
        ],
        offered_minor=worth.offered_minor,
        deadline_at=rules.deadline_after("OFFERED", now=now),
        opened_at=now,
    )
    add_pictures(trade_in, picture_ids, owner_id=person_id)
    remember(**key, answer={"tradeInId": trade_in.pk})
    return trade_in


def add_pictures(
    trade_in: TradeIn, picture_ids: Sequence[UUID], *, owner_id: UUID, is_of_inspection: bool = False
) -> None:
    """Put pictures that this person sent beside a trade-in.

    Raises: InvalidInput.
    """
    wanted = list(dict.fromkeys(picture_ids))
    if len(wanted) > rules.MOST_PICTURES or not owns_pictures(owner_id, wanted):
        raise InvalidInput("pictureIds")
    if TradeInPicture.objects.filter(trade_in=trade_in, picture_id__in=wanted).exists():
        raise InvalidInput("pictureIds")
    TradeInPicture.objects.bulk_create(
        [TradeInPicture(trade_in=trade_in, picture_id=each, is_of_inspection=is_of_inspection) for each in wanted]
    )
