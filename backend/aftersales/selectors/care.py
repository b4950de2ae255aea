"""The care plan of a buyer, worked out from facts: how they are looked after, and which return flow applies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from backend.aftersales.models import DedicatedAgent, OwnFlow
from backend.aftersales.ports import buyer_standing
from backend.aftersales.rules import moves


@dataclass(frozen=True, slots=True, kw_only=True)
class CarePlan:
    """How a buyer is looked after. Only `flow` can take something away, and only a person sets it."""

    level: Mapping[str, str]
    is_valued: bool
    first_answer_within: timedelta
    agent_id: UUID | None
    flow: OwnFlow | None


def care_of(buyer_id: UUID, *, now: datetime) -> CarePlan:
    """The care plan of a buyer. How often somebody gives back does not enter it."""
    standing = buyer_standing(buyer_id)
    is_valued = standing is not None and standing.is_valued
    agent = DedicatedAgent.objects.filter(pk=buyer_id).values_list("agent_id", flat=True).first()
    return CarePlan(
        level=standing.names if standing else {},
        is_valued=is_valued,
        first_answer_within=moves.VALUED_ANSWER_WITHIN if is_valued else moves.FIRST_ANSWER_WITHIN,
        agent_id=agent,
        flow=flow_of(buyer_id, now=now),
    )


def flow_of(buyer_id: UUID, *, now: datetime) -> OwnFlow | None:
    """The own return flow that stands for a buyer now."""
    return OwnFlow.objects.filter(buyer_id=buyer_id, ended_at=None, ends_at__gt=now).first()
