"""Whom trade-ins tell."""

from backend.core.errors import readable
from backend.core.money import Money
from backend.messaging.actions import notify
from backend.tradein.events import TradeInMoved
from backend.tradein.models import TradeIn, TradeInState

TOLD = {
    TradeInState.RECEIVED: "trade_in_received",
    TradeInState.LOWERED: "trade_in_lowered",
    TradeInState.CREDITED: "trade_in_credited",
    TradeInState.GOING_BACK: "trade_in_going_back",
    TradeInState.CLOSED: "trade_in_closed",
}


def tell_person(event: TradeInMoved) -> None:
    """Tell the person what became of the thing where it matters."""
    kind = TOLD.get(TradeInState(event.state))
    if kind is None:
        return
    trade_in = TradeIn.objects.select_related("price_list").get(pk=event.trade_in_id)
    found = trade_in.offered_minor if trade_in.found_minor is None else trade_in.found_minor
    notify(
        user_id=event.person_id,
        kind=kind,
        params={
            "number": trade_in.number,
            "thing": trade_in.price_list.title,
            "amount": str(readable(Money(found))),
        },
        url=f"/trade-in/{trade_in.pk}",
        dedupe_key=f"{kind}:{trade_in.pk}",
        now=event.at,
    )
