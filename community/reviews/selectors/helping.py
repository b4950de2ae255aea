"""Answers of owners that solved it for others, for whoever is about to ask for something."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from backend.aftersales.models import CaseLine
from backend.orders.models import OrderLine
from community.reviews.models import Answer, SolvedMark
from community.reviews.rules import helping as rules
from community.reviews.rules.writing import SEEN_BY_ALL
from community.reviews.selectors.questions import visible_answers


@dataclass(frozen=True, slots=True)
class Spared:
    """How many owners were helped by others, and how many of them asked for nothing in the two weeks after."""

    helped: int
    spared: int


def helpful_answers(*, line_ids: Collection[UUID], reason: str, viewer_id: UUID) -> list[Answer]:
    """Up to three answers about what stands in lines of the viewer's orders, those that solved most first."""
    topics = rules.TOPICS_OF.get(reason, ())
    bought = OrderLine.objects.filter(pk__in=line_ids, order__buyer_id=viewer_id).values("product_id")
    found = visible_answers(viewer_id).filter(
        question__product_id__in=bought, question__topic__in=topics, question__visibility__in=SEEN_BY_ALL
    )
    good = Q(solved_count__gt=0) | Q(question__accepted=F("pk")) | Q(is_official=True) | Q(helpful_count__gt=1)
    own = SolvedMark.objects.filter(answer=OuterRef("pk"), user=viewer_id)
    found = found.filter(good).exclude(author_id=viewer_id).annotate(is_solved=Exists(own))
    best = found.select_related("question").order_by("-solved_count", "-helpful_count", "pk")
    return list(best[: rules.MOST_SHOWN])


def spared_cases(*, now: datetime) -> Spared:
    """Of the marks of ninety days that are old enough: how many there are, and after how many no case was opened."""
    marks = SolvedMark.objects.filter(at__gt=now - rules.COUNTED_OVER, at__lte=now - rules.SPARED_AFTER)
    asked = CaseLine.objects.filter(
        case__buyer=OuterRef("user"),
        order_line__product=OuterRef("answer__question__product"),
        case__opened_at__gte=OuterRef("at"),
        case__opened_at__lte=OuterRef("at") + rules.SPARED_AFTER,
    )
    return Spared(helped=marks.count(), spared=_without(marks, asked).count())


def _without(marks: QuerySet[SolvedMark], asked: QuerySet[CaseLine]) -> QuerySet[SolvedMark]:
    return marks.exclude(Exists(asked))
