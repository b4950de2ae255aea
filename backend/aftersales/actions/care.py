"""Looking after single buyers: an agent of their own, and a return flow that only a person can set."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.accounts.selectors import people_with_role
from backend.aftersales.actions.hold_case import checked_words
from backend.aftersales.errors import FlowOver, FlowStands, OwnCase
from backend.aftersales.events import OwnFlowSet
from backend.aftersales.models import AfterSaleCase, DedicatedAgent, OwnFlow
from backend.aftersales.rules import moves, windows
from backend.aftersales.selectors.away import absences_at
from backend.aftersales.selectors.care import CarePlan
from backend.aftersales.selectors.desk import least_busy
from backend.core.errors import InvalidInput, NotFound
from backend.core.locks import advisory_lock, lock_one
from backend.core.outbox import emit
from backend.core.state_log import log_move

LONGEST_REASON = 500


def agent_for(buyer_id: UUID, *, plan: CarePlan, now: datetime) -> UUID | None:
    """Who gets a new case: a valued buyer's own agent as long as that person is at the desk, else the least busy.

    Somebody who is away for some days gets nobody new. Their own buyers stay theirs; the stand-in answers meanwhile.
    """
    at_desk = set(people_with_role("support")) - {buyer_id}
    if plan.is_valued and plan.agent_id in at_desk:
        return plan.agent_id
    chosen = least_busy(at_desk - absences_at(now).keys() or at_desk)
    if not plan.is_valued:
        return chosen
    if chosen is not None:
        DedicatedAgent.objects.update_or_create(buyer_id=buyer_id, defaults={"agent_id": chosen, "since": now})
    return chosen


@transaction.atomic
def set_own_flow(*, case_id: UUID, agent_id: UUID, reason: str, ends_at: datetime, now: datetime) -> OwnFlow:
    """Let returns of the buyer of a case be inspected before money goes back, with reasons, for half a year at most.

    It holds for cases that are opened from now on, and the buyer is told.

    Raises: FlowStands, OwnCase, ReasonsNeeded, NotFound, InvalidInput.
    Emits: OwnFlowSet.
    """
    words = checked_words(reason, most=LONGEST_REASON)
    if not now < ends_at <= now + windows.LONGEST_FLOW:
        raise InvalidInput("endsAt")
    buyer_id = AfterSaleCase.objects.filter(pk=case_id).values_list("buyer_id", flat=True).first()
    if buyer_id is None:
        raise NotFound
    if agent_id == buyer_id:
        raise OwnCase
    advisory_lock("aftersales.flow", str(buyer_id))
    standing = OwnFlow.objects.filter(buyer_id=buyer_id, ended_at=None).first()
    if standing is not None and standing.ends_at > now:
        raise FlowStands
    OwnFlow.objects.filter(buyer_id=buyer_id, ended_at=None, ends_at__lte=now).update(ended_at=now)
    flow = OwnFlow.objects.create(buyer_id=buyer_id, reason=words, set_by_id=agent_id, set_at=now, ends_at=ends_at)
    _tell(flow, is_ended=False, actor_id=agent_id, now=now)
    return flow


@transaction.atomic
def end_own_flow(*, flow_id: UUID, agent_id: UUID, now: datetime) -> OwnFlow:
    """End an own return flow early; open cases of the buyer go the usual way again.

    Raises: FlowOver, OwnCase, NotFound.
    Emits: OwnFlowSet.
    """
    flow = lock_one(OwnFlow, flow_id)
    if flow.buyer_id == agent_id:
        raise OwnCase
    if flow.ended_at is not None:
        raise FlowOver
    flow.ended_at = now
    flow.ended_by_id = agent_id
    flow.save(update_fields=["ended_at", "ended_by"])
    AfterSaleCase.objects.filter(buyer_id=flow.buyer_id, state__in=moves.OPEN).update(inspects_first=False)
    _tell(flow, is_ended=True, actor_id=agent_id, now=now)
    return flow


@transaction.atomic
def object_to_flow(*, flow_id: UUID, buyer_id: UUID, words: str, now: datetime) -> OwnFlow:
    """Contradict one's own return flow, in one's own words; the desk reads it beside every case.

    Raises: FlowOver, ReasonsNeeded, NotFound, InvalidInput.
    """
    said = checked_words(words, most=LONGEST_REASON)
    if not OwnFlow.objects.filter(pk=flow_id, buyer_id=buyer_id).exists():
        raise NotFound
    flow = lock_one(OwnFlow, flow_id)
    if flow.ended_at is not None or flow.ends_at <= now:
        raise FlowOver
    flow.objection = said
    flow.objected_at = now
    flow.save(update_fields=["objection", "objected_at"])
    return flow


def _tell(flow: OwnFlow, *, is_ended: bool, actor_id: UUID, now: datetime) -> None:
    log_move(
        entity_type="own_flow", entity_id=flow.pk, from_state="SET" if is_ended else "",
        to_state="ENDED" if is_ended else "SET", now=now, actor_id=actor_id,
    )  # fmt: skip
    emit(OwnFlowSet(flow_id=flow.pk, buyer_id=flow.buyer_id, is_ended=is_ended, at=now))
