"""Report a content."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from backend.core.errors import InvalidInput, NotFound
from backend.core.idempotency import remember, replay_or_reserve
from backend.core.locks import advisory_lock, lock_rows
from backend.core.outbox import emit
from backend.orders.selectors import has_kept_order
from community.forum.models import Visibility
from community.forum.rules import SEEN_BY_ALL
from community.moderation import rules, selectors
from community.moderation.errors import OwnContent, ReportedAlready, TooManyReports
from community.moderation.events import ContentReported
from community.moderation.models import Case, CaseState, Report, ReportCategory, Snapshot
from community.moderation.ports import Subject, known_kinds, moderatable


@transaction.atomic
def report_content(
    *,
    reporter_id: UUID,
    kind: str,
    target_id: UUID,
    category: str,
    detail: str = "",
    idempotency_key: UUID,
    now: datetime,
) -> Report:
    """Add a report to the case of a content, opening one if there is none; enough of them hide it until decided.

    Raises: InvalidInput, NotFound, OwnContent, ReportedAlready, TooManyReports, KeyReused.
    Emits: ContentReported.
    """
    request = {"kind": kind, "target": target_id, "category": category, "detail": detail}
    first = replay_or_reserve(principal_id=reporter_id, action="report_content", key=idempotency_key, request=request)
    if first:
        return Report.objects.get(pk=first["report_id"])

    advisory_lock(f"moderation.{kind}", target_id)
    known = held_case(kind=kind, target_id=target_id)
    subject = check_can_report(reporter_id=reporter_id, kind=kind, target_id=target_id, category=category, now=now)
    case = known or new_case(kind=kind, target_id=target_id, author_id=subject.author_id, category=category, now=now)
    take_snapshot(case, subject, now=now)
    if Report.objects.filter(case=case, reporter_id=reporter_id).exists():
        raise ReportedAlready
    report = Report.objects.create(
        case=case,
        reporter_id=reporter_id,
        category=category,
        detail=detail.strip()[:500],
        weight_bps=rules.WEIGHT_OF_BUYER_BPS if has_kept_order(buyer_id=reporter_id) else rules.WEIGHT_OF_STRANGER_BPS,
        at=now,
    )
    _weigh(case, subject=subject, now=now)
    emit(
        ContentReported(
            case_id=case.id,
            report_id=report.id,
            reporter_id=reporter_id,
            category=category,
            is_hidden=bool(case.hidden_from),
            author_id=case.author_id,
            at=now,
        )
    )
    remember(principal_id=reporter_id, action="report_content", key=idempotency_key, answer={"report_id": report.id})
    return report


def check_can_report(*, reporter_id: UUID, kind: str, target_id: UUID, category: str, now: datetime) -> Subject:
    """Refuse what cannot be reported, and whoever reports too much.

    Raises: InvalidInput, NotFound, OwnContent, TooManyReports.
    """
    if kind not in known_kinds():
        raise InvalidInput("kind")
    if category not in ReportCategory.values:
        raise InvalidInput("category")
    owner = moderatable(kind)
    subject = owner.subject(target_id)
    if subject is None or not owner.is_visible_to(target_id, reporter_id):
        raise NotFound
    if subject.author_id == reporter_id:
        raise OwnContent
    if selectors.reports_since(reporter_id, since=now - timedelta(days=1)) >= rules.REPORTS_PER_DAY:
        raise TooManyReports
    return subject


def held_case(*, kind: str, target_id: UUID) -> Case | None:
    """The case of a content that waits for a decision, held; one that was decided meanwhile no longer counts."""
    waiting = Case.objects.filter(subject_kind=kind, subject_id=target_id).exclude(state=CaseState.DECIDED)
    return next(iter(lock_rows(waiting)), None)


def new_case(*, kind: str, target_id: UUID, author_id: UUID, category: str, now: datetime) -> Case:
    """Open a case; the caller holds the content's name, so there is never a second one."""
    severity = rules.SEVERITY_OF[category]
    return Case.objects.create(
        number=_next_number(),
        subject_kind=kind,
        subject_id=target_id,
        author_id=author_id,
        severity=severity,
        opened_at=now,
        sla_at=now + rules.ANSWER_WITHIN[severity],
    )


def take_snapshot(case: Case, subject: Subject, *, now: datetime) -> None:
    """Keep what the content is now, unless it was kept before."""
    Snapshot.objects.get_or_create(
        case=case,
        sha256=fingerprint_of(subject),
        defaults={
            "title": subject.title,
            "body": subject.body,
            "picture_ids": [str(picture_id) for picture_id in subject.picture_ids],
            "video_id": subject.video_id,
            "url": subject.url,
            "taken_at": now,
        },
    )


def fingerprint_of(subject: Subject) -> str:
    """The digest of a content as it is now."""
    shown = [*subject.picture_ids, *([subject.video_id] if subject.video_id else [])]
    return rules.fingerprint(title=subject.title, body=subject.body, picture_ids=shown)


def _weigh(case: Case, *, subject: Subject, now: datetime) -> None:
    """Compute severity and priority anew from all reports, and hide the content when they suffice."""
    reports = list(Report.objects.filter(case=case))
    weight_bps = sum(report.weight_bps for report in reports)
    case.severity = rules.worst(report.category for report in reports)
    case.priority = rules.priority(severity=case.severity, weight_bps=weight_bps)
    case.sla_at = min(case.sla_at, now + rules.ANSWER_WITHIN[case.severity])
    case.evidence_revision = len(reports)
    hides = rules.hides_by_itself(severity=case.severity, weight_bps=weight_bps, reporters_count=len(reports))
    if hides and subject.visibility in SEEN_BY_ALL and not _was_left_up(case, subject):
        case.hidden_from = moderatable(case.subject_kind).change_visibility(
            case.subject_id, Visibility.QUARANTINED, now
        )
    case.save(update_fields=["severity", "priority", "sla_at", "evidence_revision", "hidden_from"])


def _was_left_up(case: Case, subject: Subject) -> bool:
    """Say whether a person has looked at exactly this content and left it up; then reports alone hide it no more."""
    return selectors.was_left_up(kind=case.subject_kind, target_id=case.subject_id, fingerprint=fingerprint_of(subject))


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('moderation_case_number')")
        return int(cursor.fetchone()[0])
