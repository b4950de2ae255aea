"""Somebody of the desk is away for some days, and another answers for their buyers meanwhile."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from backend.accounts.selectors import people_with_role, public_people
from backend.aftersales.errors import AbsenceOver, AbsenceOverlaps, StandInCircle
from backend.aftersales.models import AgentAbsence
from backend.aftersales.rules.standing_in import LONGEST_ABSENCE, leads_back
from backend.aftersales.selectors.away import stand_ins_between
from backend.core.errors import InvalidInput, NotAllowed, NotFound
from backend.core.locks import advisory_lock, lock_one
from backend.core.state_log import log_move


@transaction.atomic
def record_absence(
    *,
    agent_id: UUID,
    stand_in_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    recorder_id: UUID,
    is_lead: bool,
    now: datetime,
) -> AgentAbsence:
    """Say who answers for an agent in some days to come; agents do it for themselves, a lead for everybody.

    All absences are recorded one after the other, so two at once cannot close a circle of stand-ins.

    Raises: AbsenceOverlaps, StandInCircle, NotAllowed, NotFound, InvalidInput.
    """
    if agent_id != recorder_id and not is_lead:
        raise NotAllowed
    if not {agent_id, stand_in_id} <= set(people_with_role("support", "admin")):
        raise NotFound
    if agent_id == stand_in_id:
        raise InvalidInput("standInId")
    if not starts_at < ends_at <= starts_at + LONGEST_ABSENCE or ends_at <= now:
        raise InvalidInput("endsAt")
    advisory_lock("aftersales.absence", "desk")
    standing = AgentAbsence.objects.filter(agent_id=agent_id, called_off_at=None, period__overlap=(starts_at, ends_at))
    if standing.exists():
        raise AbsenceOverlaps
    away = leads_back(agent_id, stand_in_id, stand_ins_between(starts_at, ends_at))
    if away is not None:
        raise StandInCircle(name=public_people([away])[away]["name"])
    absence = AgentAbsence.objects.create(
        agent_id=agent_id,
        stand_in_id=stand_in_id,
        period=DateTimeTZRange(starts_at, ends_at),
        recorded_by_id=recorder_id,
        recorded_at=now,
    )
    _log(absence, is_over=False, actor_id=recorder_id, now=now)
    return absence


@transaction.atomic
def call_off_absence(*, absence_id: UUID, actor_id: UUID, is_lead: bool, now: datetime) -> AgentAbsence:
    """Let an agent be there again, before it began or early.

    Raises: AbsenceOver, NotFound.
    """
    absence = lock_one(AgentAbsence, absence_id)
    if absence.agent_id != actor_id and not is_lead:
        raise NotFound
    if absence.called_off_at is not None or absence.period.upper <= now:
        raise AbsenceOver
    absence.called_off_at = now
    absence.save(update_fields=["called_off_at"])
    _log(absence, is_over=True, actor_id=actor_id, now=now)
    return absence


def _log(absence: AgentAbsence, *, is_over: bool, actor_id: UUID, now: datetime) -> None:
    log_move(
        entity_type="absence", entity_id=absence.pk, from_state="RECORDED" if is_over else "",
        to_state="CALLED_OFF" if is_over else "RECORDED", now=now, actor_id=actor_id,
    )  # fmt: skip
