"""Store credit that after-sales give: part of what sending back cost, and compensations."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.aftersales.actions.hold_case import note_on_case
from backend.aftersales.errors import CompensationDecided, CompensationTooHigh, NeedsAnother, OwnCase, ReasonsNeeded
from backend.aftersales.events import CompensationPaid
from backend.aftersales.models import Actor, AfterSaleCase, Compensation, CompensationState
from backend.aftersales.rules import windows
from backend.aftersales.selectors.desk import compensated_minor, limit_of
from backend.core.errors import InvalidInput, NotFound
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.locks import lock_one
from backend.core.money import Money
from backend.core.outbox import emit
from backend.orders.models import Order
from backend.payments.actions import grant_store_credit

LONGEST_REASON = 300
SUBSIDY = {"zh-Hans": "退货运费补贴", "zh-Hant": "退貨運費補貼", "en": "Towards return shipping"}
COMPENSATION = {"zh-Hans": "售后补偿", "zh-Hant": "售後補償", "en": "Compensation"}


def pay_subsidy(case: AfterSaleCase, *, now: datetime) -> None:
    """Pay the promised part of what sending back cost, once per case.

    Emits: StoreCreditGranted.
    """
    if not case.subsidy_minor:
        return
    source = ("after_sale_subsidy", case.id)
    if grant_store_credit(
        user_id=case.buyer_id, amount_minor=case.subsidy_minor, reason=SUBSIDY, source=source, now=now
    ):
        note_on_case(case=case, kind="subsidised", actor=Actor.SYSTEM, facts={"minor": case.subsidy_minor}, now=now)


@transaction.atomic
def offer_compensation(
    *,
    order_id: UUID,
    case_id: UUID | None,
    agent_id: UUID,
    roles: frozenset[str],
    amount_minor: int,
    reason: str,
    idempotency_key: UUID,
    now: datetime,
) -> Compensation:
    """Give a buyer store credit for an order; above one's own limit a second person has to agree first.

    Raises: OwnCase, ReasonsNeeded, CompensationTooHigh, NotFound, InvalidInput, KeyReused.
    Emits: CompensationPaid, StoreCreditGranted.
    """
    request = {"order": order_id, "amount": amount_minor, "reason": reason}
    key: dict[str, Any] = {"principal_id": agent_id, "action": "offer_compensation", "key": idempotency_key}
    if first := replay_or_reserve(request=request, **key):
        return Compensation.objects.get(pk=first["compensationId"])
    words = _checked_reason(reason)
    order = lock_one(Order, order_id)
    if order.buyer_id == agent_id:
        raise OwnCase
    _check_case(case_id, order)
    left = order.total_minor - compensated_minor(order_id)
    if amount_minor < 1:
        raise InvalidInput("amountMinor")
    if amount_minor > left:
        raise CompensationTooHigh(most=Money(max(0, left), order.currency))
    needs_second = amount_minor > limit_of(roles)
    compensation = Compensation.objects.create(
        order=order,
        case_id=case_id,
        buyer_id=order.buyer_id,
        amount_minor=amount_minor,
        reason=words,
        state=CompensationState.PROPOSED,
        needs_second=needs_second,
        proposed_by_id=agent_id,
        proposed_at=now,
    )
    if not needs_second:
        _pay(compensation, by_id=agent_id, now=now)
    remember(answer={"compensationId": compensation.id}, **key)
    return compensation


@transaction.atomic
def decide_compensation(
    *, compensation_id: UUID, decider_id: UUID, roles: frozenset[str], agrees: bool, now: datetime
) -> Compensation:
    """Agree to a compensation that is above its proposer's limit, or refuse it; never one's own proposal.

    Raises: NeedsAnother, OwnCase, CompensationDecided, CompensationTooHigh, NotFound.
    Emits: CompensationPaid, StoreCreditGranted.
    """
    compensation = lock_one(Compensation, compensation_id)
    if compensation.state != CompensationState.PROPOSED:
        raise CompensationDecided
    if compensation.proposed_by_id == decider_id:
        raise NeedsAnother
    if compensation.buyer_id == decider_id:
        raise OwnCase
    if not agrees:
        compensation.state = CompensationState.REFUSED
        compensation.decided_by_id = decider_id
        compensation.decided_at = now
        compensation.save(update_fields=["state", "decided_by", "decided_at"])
        return compensation
    most = limit_of(roles, is_second=True)
    if compensation.amount_minor > most:
        raise CompensationTooHigh(most=Money(most))
    _pay(compensation, by_id=decider_id, now=now)
    return compensation


def _pay(compensation: Compensation, *, by_id: UUID, now: datetime) -> None:
    compensation.state = CompensationState.PAID
    compensation.decided_by_id = by_id
    compensation.decided_at = now
    compensation.save(update_fields=["state", "decided_by", "decided_at"])
    grant_store_credit(
        user_id=compensation.buyer_id,
        amount_minor=compensation.amount_minor,
        reason=COMPENSATION,
        source=("compensation", compensation.id),
        now=now,
    )
    if compensation.case_id is not None:
        case = AfterSaleCase.objects.get(pk=compensation.case_id)
        facts = {"minor": compensation.amount_minor}
        note_on_case(case=case, kind="compensated", actor=Actor.AGENT, actor_id=by_id, facts=facts, now=now)
    emit(
        CompensationPaid(
            compensation_id=compensation.id,
            order_id=compensation.order_id,
            buyer_id=compensation.buyer_id,
            amount_minor=compensation.amount_minor,
            at=now,
        )
    )


def _checked_reason(reason: str) -> str:
    words = reason.strip()
    if len(words) < windows.SHORTEST_REASONS:
        raise ReasonsNeeded(field="reason")
    if len(words) > LONGEST_REASON:
        raise InvalidInput("reason")
    return words


def _check_case(case_id: UUID | None, order: Order) -> None:
    if case_id is not None and not AfterSaleCase.objects.filter(pk=case_id, order=order).exists():
        raise NotFound
