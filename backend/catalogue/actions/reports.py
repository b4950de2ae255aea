"""Shoppers say that something is wrong; the staff answers."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.catalogue.errors import ReportAnswered, ReportedAlready
from backend.catalogue.events import InformationReportAnswered, InformationReported
from backend.catalogue.models import InformationReport, Product, ProductState, ReportedPart
from backend.core.errors import InvalidInput, NotFound, TooManyRequests
from backend.core.locks import advisory_lock, lock_one
from backend.core.outbox import emit

LONGEST_TEXT = 500
MOST_A_DAY = 10
DAY = timedelta(days=1)


@transaction.atomic
def report_information(
    *, product_id: UUID, reporter_id: UUID, part: str, text: str, now: datetime
) -> InformationReport:
    """Say that the price, a picture, the words or the data of a product are wrong.

    Raises: NotFound, InvalidInput, ReportedAlready, TooManyRequests.
    Emits: InformationReported.
    """
    text = text.strip()
    if part not in ReportedPart.values:
        raise InvalidInput("part")
    if not text or len(text) > LONGEST_TEXT:
        raise InvalidInput("text")
    if not Product.objects.filter(pk=product_id, state=ProductState.PUBLISHED).exists():
        raise NotFound
    advisory_lock("information_report", reporter_id)
    mine = InformationReport.objects.filter(reporter_id=reporter_id)
    if mine.filter(product_id=product_id, part=part, answered_at=None).exists():
        raise ReportedAlready
    if mine.filter(reported_at__gt=now - DAY).count() >= MOST_A_DAY:
        raise TooManyRequests(retry_after_seconds=int(DAY.total_seconds()))
    report = InformationReport.objects.create(
        product_id=product_id, reporter_id=reporter_id, part=part, text=text, reported_at=now
    )
    emit(InformationReported(report_id=report.pk, product_id=product_id, at=now))
    return report


@transaction.atomic
def answer_report(
    *, report_id: UUID, answered_by: UUID, was_right: bool, answer: str, now: datetime
) -> InformationReport:
    """Answer a report with a sentence; the reporter is told.

    Raises: NotFound, InvalidInput, ReportAnswered.
    Emits: InformationReportAnswered.
    """
    answer = answer.strip()
    if not answer or len(answer) > LONGEST_TEXT:
        raise InvalidInput("answer")
    report = lock_one(InformationReport, report_id)
    if report.answered_at is not None:
        raise ReportAnswered
    report.was_right = was_right
    report.answer = answer
    report.answered_by_id = answered_by
    report.answered_at = now
    report.save(update_fields=["was_right", "answer", "answered_by", "answered_at"])
    if report.reporter_id is not None:
        emit(
            InformationReportAnswered(
                report_id=report.pk,
                product_id=report.product_id,
                reporter_id=report.reporter_id,
                was_right=was_right,
                answer=answer,
                at=now,
            )
        )
    return report
