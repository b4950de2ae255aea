"""The part that group buying takes in an order: its price, its seat, and what becomes of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.core.errors import InvalidInput, NotFound
from backend.core.locks import advisory_lock
from backend.orders.models import Order
from backend.promotions.actions import hold_budgets, reserve_budget
from backend.promotions.adjustments import KeptAdjustment
from backend.promotions.basket import (
    EVERYTHING,
    Basket,
    BasketLine,
    Late,
    Layer,
    LockRank,
    OfferedAdjustment,
    Paid,
)
from backend.promotions.selectors import admits
from groupbuy import rules, selectors
from groupbuy.actions.check_newcomer import Newness, newness_of
from groupbuy.actions.give_up_seat import give_up_order
from groupbuy.actions.hold_group import hold_group
from groupbuy.actions.hold_seat import check_not_seated, hold_seat, why_no_seat
from groupbuy.actions.settle_seat import settle_seat
from groupbuy.errors import (
    GroupClosed,
    LimitReached,
    LinkedToBuyer,
    NewcomersOnly,
    NotEligible,
    OfferEnded,
    PlacesGone,
)
from groupbuy.models import Group, GroupOrder, Intent, Joiners, LateChoice, MoneyTaken, Offer
from groupbuy.wording import in_every_language, yuan

LABEL = _("Group price for %(size)s")
WHY_PRICE = _("%(group)s in a group of %(size)s instead of %(single)s alone")
WHY_LADDER = _("%(group)s now; %(lowest)s when %(size)s come together, and what you paid beyond it comes back")
WHY_DRAW = _("%(group)s to take part; of %(size)s people %(winners)s are drawn, the others get everything back")
WHY_LEADER = _(
    "The leader's discount: %(amount)s less at once; if too many of the group give their goods back, a part of it is"
    " taken back"
)
WHY_OWED = _("No leader's discount while a part of an earlier one is still to be taken back")
WHY_HOLD = _(
    "Where the way to pay allows it, the money is only held now and taken when the group is full; if it does not fill,"
    " nothing is taken"
)
WHY_REFUND = _("If the group does not fill within %(hours)s hours, everything is refunded by itself")


Sentence = tuple[Any, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Prices:
    """What each variant costs in a group, and on each step of its ladder, if it has one."""

    paid: Mapping[str, int]
    ladder: Sequence[Mapping[str, Any]] = ()

    def lowest(self, variant_id: UUID) -> int:
        """The lowest price that the group may come to."""
        key = str(variant_id)
        lowest: int = min([self.paid[key], *(step["prices"].get(key, self.paid[key]) for step in self.ladder)])
        return lowest


class GroupPriceSource:
    """Group prices in an order."""

    kind = "group_price"
    layer = Layer.PRICE
    lock_rank = LockRank.GROUP

    def quote(
        self, *, basket: Basket, choice: Mapping[str, Any], buyer_id: UUID | None, now: datetime
    ) -> Sequence[OfferedAdjustment]:
        """Offer the group price to whoever asked to open or join a group, or say why it cannot be had.

        Raises: InvalidInput, NotFound, OfferEnded, GroupFull, GroupClosed, AlreadySeated, NotEligible,
            NewcomersOnly, LimitReached, PlacesGone.
        """
        group_id, product_id = _id_in(choice, "groupId"), _id_in(choice, "productId")
        if buyer_id is None or (group_id is None and product_id is None):
            return []
        if len(basket.lines) != 1:
            raise InvalidInput("lines", _("A group is about one thing. Order the rest by itself."))
        line = basket.lines[0]
        late_choice = _late_choice(choice)
        if group_id is not None:
            return [_offer_join(group_id, line, late_choice, buyer_id=buyer_id, now=now)]
        if line.product_id != product_id:
            raise InvalidInput("variantId", _("This does not belong to the group's product. Choose again."))
        return [_offer_open(line, late_choice, buyer_id=buyer_id, now=now)]

    def lock(self, *, adjustments: Sequence[KeptAdjustment]) -> None:
        """Hold the count of what the buyer may do, the offer's quota, then the budget, then the group."""
        for namespace in ("limited", "quota"):
            for name in sorted({each.facts.get(namespace) or "" for each in adjustments} - {""}):
                advisory_lock(f"groupbuy.{namespace}", name)
        for adjustment in adjustments:
            if adjustment.facts["intent"] == Intent.JOIN and adjustment.reference_id is not None:
                hold_group(adjustment.reference_id)
            elif adjustment.campaign_id is not None:
                hold_budgets([adjustment.campaign_id])

    def commit(self, *, order: Order, adjustment: KeptAdjustment, now: datetime) -> None:
        """Promise the budget, write down what the order wants, and take the seat of one who joins.

        Raises: LimitReached, PlacesGone, BudgetExhausted, GroupFull, GroupClosed, AlreadySeated, NewcomersOnly,
            LinkedToBuyer.
        """
        facts = adjustment.facts
        offer = Offer.objects.get(pk=facts["offerId"])
        is_join = facts["intent"] == Intent.JOIN
        _check_limits(offer, intent=facts["intent"], buyer_id=order.buyer_id, quantity=facts["quantity"])
        _check_places(offer, intent=facts["intent"])
        if is_join and offer.joiners == Joiners.NEW:
            _check_newcomer(order, now=now)
        reserve_budget(campaign_id=offer.campaign_id, money_minor=facts["budgetMinor"])
        GroupOrder.objects.create(
            order=order,
            buyer_id=order.buyer_id,
            offer=offer,
            campaign_id=offer.campaign_id,
            group_id=adjustment.reference_id if is_join else None,
            intent=facts["intent"],
            late_choice=facts["lateChoice"],
            prices=facts["prices"],
            ladder=facts["ladder"],
            quantity=facts["quantity"],
            discount_minor=facts["budgetMinor"],
            leader_discount_minor=facts["leaderMinor"],
            placed_at=now,
        )
        if is_join and adjustment.reference_id is not None:
            hold_seat(group_id=adjustment.reference_id, buyer_id=order.buyer_id, order_id=order.id, now=now)

    def paid(self, *, order: Order, adjustment: KeptAdjustment, now: datetime) -> Paid | Late:
        """Make the seat final, or follow the buyer's choice for late money."""
        return settle_seat(order=order, now=now)

    def release(self, *, order: Order, adjustment: KeptAdjustment, reason: str, now: datetime) -> None:
        """Give the seat and the budget back, if the order still has them."""
        give_up_order(order=order, reason=reason, now=now)


def _offer_open(line: BasketLine, late_choice: str, *, buyer_id: UUID, now: datetime) -> OfferedAdjustment:
    offer = selectors.best_offer(line.product_id, now)
    if offer is None:
        raise OfferEnded
    _check_audience(offer, buyer_id=buyer_id)
    _check_limits(offer, intent=Intent.OPEN, buyer_id=buyer_id, quantity=line.quantity)
    _check_places(offer, intent=Intent.OPEN)
    bases = selectors.variant_prices(line.product_id)
    prices = Prices(selectors.price_table(offer, bases), selectors.ladder_table(offer.ladder, bases))
    return _adjustment(offer, line, prices, late_choice, intent=Intent.OPEN, reference_id=offer.pk, buyer_id=buyer_id)


def _offer_join(
    group_id: UUID, line: BasketLine, late_choice: str, *, buyer_id: UUID, now: datetime
) -> OfferedAdjustment:
    group = selectors.group_by_id(group_id)
    if line.product_id != group.product_id:
        raise InvalidInput("variantId", _("This does not belong to the group's product. Choose again."))
    check_not_seated(group_id=group_id, buyer_id=buyer_id)
    check_open(group, buyer_id=buyer_id, now=now)
    _check_audience(group.offer, buyer_id=buyer_id)
    if group.offer.joiners == Joiners.NEW and selectors.newest_facts(buyer_id).has_kept_order:
        raise NewcomersOnly
    _check_limits(group.offer, intent=Intent.JOIN, buyer_id=buyer_id, quantity=line.quantity)
    _check_places(group.offer, intent=Intent.JOIN)
    pay_by = rules.hold_until(now=now, deadline_at=group.deadline_at)
    return _adjustment(
        group.offer,
        line,
        Prices(group.prices, group.ladder),
        late_choice,
        intent=Intent.JOIN,
        reference_id=group.pk,
        buyer_id=buyer_id,
        pay_by=pay_by,
    )


def check_open(group: Group, *, buyer_id: UUID, now: datetime) -> None:
    """Refuse a group that takes nobody, before anything is written; the seat's own statement decides later.

    Raises: GroupFull, GroupClosed.
    """
    if selectors.is_stopped(group.campaign):
        raise GroupClosed(choices=selectors.choices_instead_of(group, buyer_id=buyer_id, now=now))
    if not rules.can_be_joined(
        group.state, seats_taken=group.seats_taken, size=group.size, deadline_at=group.deadline_at, now=now
    ):
        raise why_no_seat(group, buyer_id=buyer_id, now=now)


def _check_audience(offer: Offer, *, buyer_id: UUID) -> None:
    if not admits(offer.campaign, selectors.newest_facts(buyer_id)):
        raise NotEligible


def _limit(offer: Offer, intent: str) -> int | None:
    return offer.open_limit if intent == Intent.OPEN else offer.join_limit


def _check_limits(offer: Offer, *, intent: str, buyer_id: UUID, quantity: int) -> None:
    """Refuse more than the offer allows one person; asked again under `lock`, so two tabs count each other."""
    limit = _limit(offer, intent)
    if limit is not None:
        counts = selectors.opened_count if intent == Intent.OPEN else selectors.joined_count
        if counts(buyer_id=buyer_id, campaign_id=offer.campaign_id) >= limit:
            raise LimitReached(limit=limit)
    if offer.quantity_limit is not None:
        bought = selectors.bought_quantity(buyer_id=buyer_id, campaign_id=offer.campaign_id)
        if bought + quantity > offer.quantity_limit:
            raise LimitReached(limit=offer.quantity_limit)


def _check_places(offer: Offer, *, intent: str) -> None:
    """Refuse more people than the offer has places for; asked again under `lock`."""
    if not selectors.has_places(offer, opens=intent == Intent.OPEN):
        raise PlacesGone


def _check_newcomer(order: Order, *, now: datetime) -> None:
    """Refuse who has bought, with this account or with one that strong signs link to it; asked again at payment."""
    newness = newness_of(buyer_id=order.buyer_id, order_id=order.id, now=now)
    if newness is Newness.BOUGHT:
        raise NewcomersOnly
    if newness is Newness.LINKED:
        raise LinkedToBuyer


def _check_quantity(offer: Offer, quantity: int) -> None:
    """Refuse more pieces than one order may have."""
    if offer.winners is not None and quantity > rules.LOTTERY_PIECES:
        raise InvalidInput("quantity", _("In a draw everybody takes part with one piece. Choose one."))
    if offer.order_limit is not None and quantity > offer.order_limit:
        message = _("One order takes %(limit)s pieces at most. Choose fewer.") % {"limit": offer.order_limit}
        raise InvalidInput("quantity", message)


def _adjustment(
    offer: Offer,
    line: BasketLine,
    prices: Prices,
    late_choice: str,
    *,
    intent: Intent,
    reference_id: UUID,
    buyer_id: UUID,
    pay_by: datetime | None = None,
) -> OfferedAdjustment:
    _check_quantity(offer, line.quantity)
    price = prices.paid.get(str(line.variant_id))
    if price is None:
        raise InvalidInput("variantId", _("This choice has no group price. Choose another, or buy it alone."))
    lowest = prices.lowest(line.variant_id)
    leader_minor, why_leader = _leader_discount(offer, intent, line_minor=price * line.quantity, buyer_id=buyer_id)
    places = _places(offer, line, price_minor=price, lowest_minor=lowest)
    return OfferedAdjustment(
        kind=GroupPriceSource.kind,
        per_line={line.variant_id: max(line.unit_minor - price, 0) * line.quantity + leader_minor},
        label=in_every_language(LABEL, places),
        explanation=[in_every_language(*each) for each in _sentences(offer, prices, places, why_leader)],
        reference_id=reference_id,
        campaign_id=offer.campaign_id,
        rule_version=f"{offer.rule_id} v{offer.rule.version}",
        is_chosen=True,
        excludes=frozenset({EVERYTHING}),
        allows=frozenset({"shipping_coupon", *(offer.rule.params.get("allows") or ())}),
        makes_group_order=True,
        captures_later=offer.money_taken == MoneyTaken.WHEN_FULL,
        pay_by=pay_by,
        facts={
            "intent": intent.value,
            "offerId": str(offer.pk),
            "prices": dict(prices.paid),
            "ladder": list(prices.ladder),
            "budgetMinor": max(line.unit_minor - lowest, 0) * line.quantity + leader_minor,
            "leaderMinor": leader_minor,
            "quantity": line.quantity,
            "lateChoice": late_choice,
            "quota": f"{offer.campaign_id}:{offer.product_id}" if offer.quota is not None else "",
            "limited": f"{buyer_id}:{offer.campaign_id}" if _limit(offer, intent) or offer.quantity_limit else "",
        },
    )


def _places(offer: Offer, line: BasketLine, *, price_minor: int, lowest_minor: int) -> dict[str, Any]:
    """What the sentences about a group price tell."""
    return {
        "size": offer.size,
        "group": yuan(price_minor),
        "single": yuan(line.unit_minor),
        "lowest": yuan(lowest_minor),
        "hours": offer.ttl_hours,
        "winners": offer.winners,
    }


def _sentences(
    offer: Offer, prices: Prices, places: dict[str, Any], why_leader: Sequence[Sentence]
) -> Sequence[Sentence]:
    """Why a group price is what it is, and when the money moves."""
    if prices.ladder:
        why: Any = WHY_LADDER
    else:
        why = WHY_PRICE if offer.winners is None else WHY_DRAW
    moves = WHY_HOLD if offer.money_taken == MoneyTaken.WHEN_FULL else WHY_REFUND
    return [(why, places), *why_leader, (moves, places)]


def _leader_discount(offer: Offer, intent: Intent, *, line_minor: int, buyer_id: UUID) -> tuple[int, list[Sentence]]:
    """What who opens a group pays less at once, and why or why not."""
    if intent != Intent.OPEN or not offer.leader_discount_minor:
        return 0, []
    if selectors.owes_leader_discount(buyer_id):
        return 0, [(WHY_OWED, {})]
    amount = rules.leader_discount(
        line_minor=line_minor, bps=offer.leader_discount_bps, most_minor=offer.leader_discount_minor
    )
    return amount, [(WHY_LEADER, {"amount": yuan(amount)})]


def _id_in(choice: Mapping[str, Any], name: str) -> UUID | None:
    value = choice.get(name)
    if not value:
        return None
    try:
        return UUID(str(value))
    except ValueError as malformed:
        raise NotFound from malformed


def _late_choice(choice: Mapping[str, Any]) -> str:
    value = choice.get("lateChoice") or LateChoice.AUTO_MATCH
    if value not in LateChoice.values:
        raise InvalidInput("lateChoice")
    return str(value)
