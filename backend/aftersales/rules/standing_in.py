"""Who answers for whom while somebody is away. Pure: the absences are given."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

LONGEST_ABSENCE = timedelta(days=60)


def answering(agent_id: UUID, stand_ins: Mapping[UUID, UUID]) -> UUID:
    """Who answers for an agent: the first of the chain who is there; in a circle the agent."""
    seen = {agent_id}
    here = agent_id
    while here in stand_ins:
        here = stand_ins[here]
        if here in seen:
            return agent_id
        seen.add(here)
    return here


def leads_back(agent_id: UUID, stand_in_id: UUID, stand_ins: Mapping[UUID, set[UUID]]) -> UUID | None:
    """The person in whose absence the way of stand-ins would come back to the agent, or nobody.

    `stand_ins` names everybody who stands in for somebody at any moment of the time in question.
    """
    seen: set[UUID] = set()
    waiting = [stand_in_id]
    while waiting:
        here = waiting.pop()
        if agent_id in stand_ins.get(here, set()):
            return here
        if here not in seen:
            seen.add(here)
            waiting += stand_ins.get(here, set())
    return None
