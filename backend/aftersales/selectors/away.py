"""Who of the desk is away, and who answers meanwhile."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.accounts.selectors import people_with_role
from backend.aftersales.models import AgentAbsence
from backend.aftersales.rules.standing_in import answering


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers for a case now, for whom, and until when."""

    person_id: UUID
    stands_in_for: UUID | None = None
    until: datetime | None = None


def absences_at(now: datetime) -> dict[UUID, AgentAbsence]:
    """The absences of this moment whose stand-in is at the desk, by who is away."""
    standing = AgentAbsence.objects.filter(called_off_at=None, period__contains=now)
    found = {absence.agent_id: absence for absence in standing}
    at_desk = set(people_with_role("support", "admin")) if found else set()
    return {agent_id: each for agent_id, each in found.items() if each.stand_in_id in at_desk}


def who_answers(agent_ids: Iterable[UUID], *, now: datetime) -> dict[UUID, Answering]:
    """Who answers now for each of these agents."""
    away = absences_at(now)
    chain = {agent_id: each.stand_in_id for agent_id, each in away.items()}
    found = {}
    for agent_id in agent_ids:
        person = answering(agent_id, chain)
        is_there = person == agent_id
        found[agent_id] = Answering(agent_id) if is_there else Answering(person, agent_id, away[agent_id].period.upper)
    return found


def answered_by(person_id: UUID, *, now: datetime) -> set[UUID]:
    """The agents for whose cases a person answers now; their own too, unless they are away themselves."""
    away = absences_at(now)
    chain = {agent_id: each.stand_in_id for agent_id, each in away.items()}
    return {agent_id for agent_id in {*away, person_id} if answering(agent_id, chain) == person_id}


def stand_ins_between(start: datetime, end: datetime) -> dict[UUID, set[UUID]]:
    """Everybody who stands in for somebody at any moment of that time, by who is away."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for absence in AgentAbsence.objects.filter(called_off_at=None, period__overlap=(start, end)):
        found[absence.agent_id].add(absence.stand_in_id)
    return found


def coming_absences(*, now: datetime, limit: int = 50) -> list[AgentAbsence]:
    """The absences that stand or are to come, the first first."""
    left = AgentAbsence.objects.filter(called_off_at=None, period__endswith__gt=now)
    return list(left.order_by("period", "pk")[:limit])
