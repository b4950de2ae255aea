"""What moderators can look at, and what authors are told."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from backend.accounts.models import User
from backend.core.errors import NotFound
from backend.core.models import Picture
from backend.core.paging import Page, keyset_page
from backend.orders.models import Order
from community.moderation import rules
from community.moderation.models import (
    AuditEntry,
    Case,
    CaseState,
    Decision,
    DecisionAction,
    Policy,
    Report,
    Snapshot,
)

LEASED = "LEASED"


def queue_page(
    *, state: str | None, kind: str | None, is_senior: bool, now: datetime, first: int, after: str | None
) -> Page:
    """One page of cases, the most pressing first; without a state, those that wait for a decision."""
    return keyset_page(_queue(state, kind, is_senior, now), order=("-priority", "-id"), first=first, after=after)


def _queue(state: str | None, kind: str | None, is_senior: bool, now: datetime) -> QuerySet[Case]:
    cases = Case.objects.select_related("author")
    if kind:
        cases = cases.filter(subject_kind=kind)
    if state == LEASED:
        return cases.filter(lease_until__gt=now)
    if state:
        return cases.filter(state=state)
    return cases.filter(waiting(is_senior=is_senior, now=now))


def waiting(*, is_senior: bool, now: datetime) -> Q:
    """The cases that wait for a decision now; what was put off comes back by the clock, not by a job."""
    states = [CaseState.OPEN, CaseState.ESCALATED] if is_senior else [CaseState.OPEN]
    return Q(state__in=states) | Q(state=CaseState.SNOOZED, snoozed_until__lte=now)


def case_by_id(case_id: UUID) -> Case | None:
    """One case."""
    return Case.objects.filter(pk=case_id).first()


def shown_state(case: Case, now: datetime) -> str:
    """The state of a case as a moderator sees it: a claim that still runs shows as LEASED."""
    if case.lease_until and case.lease_until > now:
        return LEASED
    if case.state == CaseState.SNOOZED and case.snoozed_until and case.snoozed_until <= now:
        return CaseState.OPEN
    return case.state


def latest_snapshots(case_ids: Iterable[UUID]) -> dict[UUID, Snapshot]:
    """The newest snapshot of each case."""
    newest = Snapshot.objects.filter(case_id__in=set(case_ids)).order_by("case_id", "-taken_at").distinct("case_id")
    return {snapshot.case_id: snapshot for snapshot in newest}


def reports_of(case_ids: Iterable[UUID]) -> dict[UUID, list[Report]]:
    """The reports of some cases, newest first."""
    found: dict[UUID, list[Report]] = {case_id: [] for case_id in case_ids}
    for report in Report.objects.filter(case_id__in=found).order_by("-at", "-pk"):
        found[report.case_id].append(report)
    return found


def decisions_of(case_ids: Iterable[UUID]) -> dict[UUID, list[Decision]]:
    """The decisions of some cases, newest first."""
    found: dict[UUID, list[Decision]] = {case_id: [] for case_id in case_ids}
    decisions = Decision.objects.filter(case_id__in=found).select_related("policy", "reversal")
    for decision in decisions.order_by("-at", "-pk"):
        found[decision.case_id].append(decision)
    return found


def pictures_by_id(ids: Iterable[str]) -> list[Picture]:
    """The pictures of a snapshot, in its order."""
    found = Picture.objects.in_bulk([UUID(each) for each in ids])
    return list(found.values())


def author_record(author_id: UUID, *, now: datetime) -> dict[str, Any]:
    """What a moderator should know of an author: age of the account, orders, strikes, past decisions."""
    past = Decision.objects.filter(case__author_id=author_id).exclude(action=DecisionAction.REVERSE)
    history = list(past.select_related("policy", "reversal").order_by("-at", "-pk")[:20])
    strikes = [
        (decision.policy.severity, decision.at)
        for decision in history
        if decision.action in rules.RESTRICTIVE and not is_reversed(decision)
    ]
    return {
        "joined_at": User.objects.values_list("date_joined", flat=True).get(pk=author_id),
        "orders_count": Order.objects.filter(buyer_id=author_id, confirmed_at__isnull=False).count(),
        "strike_score": round(rules.strike_score(strikes, now=now), 1),
        "history": history,
    }


def is_reversed(decision: Decision) -> bool:
    """Say whether a decision was taken back."""
    return hasattr(decision, "reversal")


def standing_restriction(*, kind: str, target_id: UUID) -> Decision | None:
    """The decision that restricts a content now."""
    decisions = Decision.objects.filter(
        case__subject_kind=kind, case__subject_id=target_id, action__in=rules.RESTRICTIVE, reversal=None
    )
    return decisions.select_related("policy").order_by("-at", "-pk").first()


def has_reported(*, case_id: UUID, user_id: UUID) -> bool:
    """Say whether a person is among the reporters."""
    return Report.objects.filter(case_id=case_id, reporter_id=user_id).exists()


def reports_since(reporter_id: UUID, *, since: datetime) -> int:
    """How much a person reported lately."""
    return Report.objects.filter(reporter_id=reporter_id, at__gt=since).count()


def reporters_of(case_id: UUID) -> list[UUID]:
    """Who reported a content."""
    return list(Report.objects.filter(case_id=case_id).values_list("reporter_id", flat=True))


def policies() -> list[Policy]:
    """Every policy, in the order of its code."""
    return list(Policy.objects.order_by("code"))


def counts(*, moderator_id: UUID, is_senior: bool, now: datetime) -> dict[str, Any]:
    """The numbers above the queue."""
    open_cases = Case.objects.filter(waiting(is_senior=is_senior, now=now))
    by_kind = open_cases.values("subject_kind").annotate(count=Count("pk")).order_by("subject_kind")
    today = now - timedelta(hours=24)
    return {
        "open": open_cases.count(),
        "mine": Case.objects.filter(lease_by_id=moderator_id, lease_until__gt=now).count(),
        "overdue": open_cases.filter(sla_at__lt=now).count(),
        "decided_today": Decision.objects.filter(at__gt=today).count(),
        "by_kind": {row["subject_kind"]: row["count"] for row in by_kind},
    }


def open_count(now: datetime) -> int:
    """How many cases wait for anybody."""
    return Case.objects.filter(waiting(is_senior=True, now=now)).count()


def decision_by_id(decision_id: UUID) -> Decision:
    """One decision.

    Raises: NotFound.
    """
    found = Decision.objects.select_related("policy", "case").filter(pk=decision_id).first()
    if found is None:
        raise NotFound
    return found


def broken_audit_lines() -> list[int]:
    """The positions at which the log does not follow from the line before."""
    broken, previous = [], ""
    for entry in AuditEntry.objects.order_by("position").iterator():
        line = {
            "at": entry.at.isoformat(),
            "actor": str(entry.actor_id) if entry.actor_id else None,
            "action": entry.action,
            "case": str(entry.case_id),
            "details": entry.details,
        }
        if entry.previous_digest != previous or entry.digest != rules.digest_of(previous, line):
            broken.append(entry.position)
        previous = entry.digest
    return broken
