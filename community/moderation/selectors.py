"""What moderators can look at, and what authors are told."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from backend.accounts.models import User
from backend.core.errors import NotFound
from backend.core.models import Picture, Video
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
from community.moderation.ports import moderatable

LEASED = "LEASED"
MOST_HISTORY = 20


@dataclass(frozen=True, slots=True)
class AuthorRecord:
    """What a moderator should know of an author."""

    joined_at: datetime
    orders_count: int
    strike_score: float
    history: list[Decision]


def queue_page(
    *, state: str | None, kind: str | None, is_senior: bool, now: datetime, first: int, after: str | None
) -> Page:
    """One page of cases, the most pressing first, then the oldest; without a state, those that wait for a decision."""
    return keyset_page(
        _queue(state, kind, is_senior=is_senior, now=now), order=("-priority", "id"), first=first, after=after
    )


def _queue(state: str | None, kind: str | None, *, is_senior: bool, now: datetime) -> QuerySet[Case]:
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
    decisions = Decision.objects.filter(case_id__in=found).select_related("case", "policy", "reversal")
    for decision in decisions.order_by("-at", "-pk"):
        found[decision.case_id].append(decision)
    return found


def pictures_of(snapshots: Iterable[Snapshot]) -> dict[str, Picture]:
    """The pictures of some snapshots, by their id."""
    ids = {picture_id for snapshot in snapshots for picture_id in snapshot.picture_ids}
    return {str(picture.pk): picture for picture in Picture.objects.filter(pk__in=ids)}


def videos_of(snapshots: Iterable[Snapshot]) -> dict[UUID, Video]:
    """The videos of some snapshots, by their id."""
    ids = {snapshot.video_id for snapshot in snapshots if snapshot.video_id}
    return Video.objects.select_related("poster").in_bulk(ids) if ids else {}


def visibilities_of(cases: Iterable[Case]) -> dict[UUID, str]:
    """Who sees the contents of some cases now."""
    wanted: dict[str, set[UUID]] = {}
    for case in cases:
        wanted.setdefault(case.subject_kind, set()).add(case.subject_id)
    return {
        target_id: visibility
        for kind in sorted(wanted)
        for target_id, visibility in moderatable(kind).visibilities(wanted[kind]).items()
    }


def evidence_of(cases: Iterable[Case]) -> dict[UUID, list[str]]:
    """What the rules found against the contents of some cases, by content."""
    wanted: dict[str, set[UUID]] = {}
    for case in cases:
        wanted.setdefault(case.subject_kind, set()).add(case.subject_id)
    return {
        target_id: lines
        for kind in sorted(wanted)
        for target_id, lines in moderatable(kind).evidence(wanted[kind]).items()
    }


def author_records(author_ids: Collection[UUID], *, now: datetime) -> dict[UUID, AuthorRecord]:
    """What a moderator should know of some authors: age of the account, orders, strikes, past decisions."""
    joined = dict(User.objects.filter(pk__in=author_ids).values_list("pk", "date_joined"))
    kept = Order.objects.filter(buyer_id__in=author_ids, confirmed_at__isnull=False)
    orders = dict(kept.values_list("buyer_id").annotate(count=Count("pk")))
    past: dict[UUID, list[Decision]] = {author_id: [] for author_id in author_ids}
    for decision in _past_decisions(author_ids):
        past[decision.case.author_id].append(decision)
    return {
        author_id: AuthorRecord(
            joined_at=joined[author_id],
            orders_count=orders.get(author_id, 0),
            strike_score=round(rules.strike_score(_strikes(decisions), now=now), 1),
            history=decisions,
        )
        for author_id, decisions in past.items()
    }


def _past_decisions(author_ids: Collection[UUID]) -> QuerySet[Decision]:
    """The last decisions about each of some authors, newest first."""
    place = Window(RowNumber(), partition_by=F("case__author_id"), order_by=[F("at").desc(), F("pk").desc()])
    decisions = Decision.objects.filter(case__author_id__in=author_ids).exclude(action=DecisionAction.REVERSE)
    ranked = decisions.select_related("case", "policy", "reversal").annotate(place=place)
    return ranked.filter(place__lte=MOST_HISTORY).order_by("-at", "-pk")


def _strikes(decisions: Iterable[Decision]) -> list[tuple[str, datetime]]:
    standing = (each for each in decisions if each.action in rules.RESTRICTIVE and not is_reversed(each))
    return [(decision.policy.severity, decision.at) for decision in standing]


def is_reversed(decision: Decision) -> bool:
    """Say whether a decision was taken back."""
    return hasattr(decision, "reversal")


def is_reversible(decision: Decision, *, visibility: str, moderator_id: UUID, is_senior: bool) -> bool:
    """Say whether a moderator could take a decision back now."""
    if decision.action == DecisionAction.REVERSE or is_reversed(decision):
        return False
    is_untouched = all(effect["to"] == visibility for effect in decision.effects)
    may = rules.may_reverse(decided_by_id=decision.decided_by_id, moderator_id=moderator_id, is_senior=is_senior)
    return is_untouched and may


def standing_restrictions(*, kind: str, target_ids: Collection[UUID]) -> dict[UUID, Decision]:
    """The decisions that restrict some contents now: of each the last one that stands, unless it left it up."""
    standing = Decision.objects.filter(case__subject_kind=kind, case__subject_id__in=target_ids, reversal=None).exclude(
        action=DecisionAction.REVERSE
    )
    last = standing.select_related("policy", "case").order_by("case__subject_id", "-at", "-pk")
    return {
        decision.case.subject_id: decision
        for decision in last.distinct("case__subject_id")
        if decision.action in rules.RESTRICTIVE
    }


def hidden_until_decided(*, kind: str, target_ids: Collection[UUID]) -> dict[UUID, Case]:
    """The contents that reports have hidden and that wait for a decision."""
    waiting_cases = Case.objects.filter(subject_kind=kind, subject_id__in=target_ids).exclude(hidden_from="")
    return {case.subject_id: case for case in waiting_cases.exclude(state=CaseState.DECIDED)}


def was_left_up(*, kind: str, target_id: UUID, fingerprint: str) -> bool:
    """Say whether a person has looked at exactly this content and left it up."""
    allowed = Decision.objects.filter(
        case__subject_kind=kind, case__subject_id=target_id, action=DecisionAction.ALLOW, reversal=None
    )
    return Snapshot.objects.filter(case__in=allowed.values("case"), sha256=fingerprint).exists()


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


def broken_audit_lines() -> list[str]:
    """The lines of the log that do not follow from the line before."""
    broken: list[str] = []
    previous = ""
    for entry in AuditEntry.objects.order_by("position").iterator():
        line = rules.audit_line(
            at=entry.at, actor_id=entry.actor_id, action=entry.action, case_id=entry.case_id, details=entry.details
        )
        if entry.previous_digest != previous or entry.digest != rules.digest_of(previous, line):
            broken.append(f"line {entry.position} of the moderation log does not follow from the one before")
        previous = entry.digest
    return broken
