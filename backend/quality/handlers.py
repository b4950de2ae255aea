"""Reactions of quality: people hear of what they were given."""

from backend.messaging.actions import notify
from backend.quality.events import ImprovementGiven, ServiceNoteWritten


def tell_owner(event: ImprovementGiven) -> None:
    """Tell who is to see to something."""
    notify(
        user_id=event.owner_id,
        kind="improvement_given",
        params={"number": event.number, "day": event.due_on.isoformat()},
        url=f"/growth/quality/improvements/{event.case_id}",
        dedupe_key=f"improvement_given:{event.case_id}:{event.at.isoformat()}",
        now=event.at,
    )


def tell_agent(event: ServiceNoteWritten) -> None:
    """Tell an agent what a second person wrote."""
    notify(
        user_id=event.agent_id,
        kind="service_noted",
        params={"words": event.words[:80]},
        url="/growth/quality/service",
        dedupe_key=f"service_noted:{event.note_id}",
        now=event.at,
    )
