"""Price lists and trade-ins for tests, made by the actions that the shop uses."""

from datetime import datetime
from typing import Any
from uuid import UUID

from backend.accounts.models import Address, User
from backend.core.ids import new_id
from backend.tradein import actions
from backend.tradein.models import PriceListVersion, TradeIn
from tests.factories.accounts import make_person
from tests.factories.catalogue import NOON, make_category, make_picture, texts
from tests.factories.orders import LATER, make_buyer

QUESTIONS: list[dict[str, Any]] = [
    {
        "key": "works",
        "ask": texts("能正常使用吗", "能正常使用嗎", "Does it work?"),
        "answers": [
            {"key": "yes", "label": texts("能", "能", "Yes"), "steps": 0},
            {"key": "partly", "label": texts("有小毛病", "有小毛病", "With small faults"), "steps": 3},
            {"key": "no", "label": texts("不能", "不能", "No"), "steps": None},
        ],
    },
    {
        "key": "looks",
        "ask": texts("外观如何", "外觀如何", "How does it look?"),
        "answers": [
            {"key": "new", "label": texts("像新的", "像新的", "Like new"), "steps": 0},
            {"key": "used", "label": texts("有使用痕迹", "有使用痕跡", "Used"), "steps": 2},
        ],
    },
]
GOOD = {"works": "yes", "looks": "used"}


def make_list(*, base_minor: int = 10_000, step_minor: int = 1000, now: datetime = NOON) -> PriceListVersion:
    """A price list by which a good thing with traces of use is worth 80.00."""
    text = actions.ListText(
        title=texts("旧帐篷", "舊帳篷", "Old tent"), base_minor=base_minor, step_minor=step_minor, questions=QUESTIONS
    )
    return actions.save_list(
        kind_id=None,
        category_id=make_category().id,
        seen_number=None,
        text=text,
        editor_id=make_person("Gina", roles=("growth",)).id,
        now=now,
    )


def ask(
    price_list: PriceListVersion, person: User | None = None, *, key: UUID | None = None, now: datetime = LATER,
    **changes: Any,
) -> TradeIn:  # fmt: skip
    """An offer for a thing."""
    return actions.ask_trade_in(
        kind_id=price_list.kind_id,
        answers=changes.get("answers", GOOD),
        words=changes.get("words", ""),
        picture_ids=changes.get("picture_ids", ()),
        person_id=(person or make_buyer()).id,
        idempotency_key=key or new_id(),
        now=now,
    )


def take(trade_in: TradeIn, *, now: datetime = LATER) -> TradeIn:
    """Take the offer."""
    return actions.take_offer(
        trade_in_id=trade_in.pk,
        person_id=trade_in.person_id,
        is_by_hand=False,
        address_id=Address.objects.values_list("pk", flat=True).get(user_id=trade_in.person_id, is_default=True),
        now=now,
    )


def arrived(trade_in: TradeIn, agent: User, *, now: datetime = LATER) -> TradeIn:
    """Take, send and receive the thing."""
    take(trade_in, now=now)
    actions.send_trade_in(trade_in_id=trade_in.pk, person_id=trade_in.person_id, carrier="SF", tracking="SF1", now=now)
    return actions.receive_trade_in(trade_in_id=trade_in.pk, agent_id=agent.id, now=now)


def inspect(trade_in: TradeIn, agent: User, amount_minor: int, *, now: datetime = LATER) -> TradeIn:
    """Say what the thing is worth."""
    trade_in.refresh_from_db()
    return actions.inspect_trade_in(
        trade_in_id=trade_in.pk,
        agent_id=agent.id,
        version=trade_in.version,
        amount_minor=amount_minor,
        note="" if amount_minor == trade_in.offered_minor else "The poles are bent and one is missing.",
        picture_ids=() if amount_minor == trade_in.offered_minor else [make_picture(owner_id=agent.id).id],
        now=now,
    )
