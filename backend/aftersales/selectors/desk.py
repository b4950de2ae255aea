"""What the desk looks at: the queue, its numbers, what is known of a buyer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from backend.accounts.models import User
from backend.aftersales.models import (
    Advance,
    AdvanceState,
    AfterSaleCase,
    CaseLine,
    Compensation,
    CompensationState,
    Standing,
)
from backend.aftersales.rules import moves, windows
from backend.aftersales.selectors.away import answered_by
from backend.core.errors import InvalidInput
from backend.core.paging import Page, keyset_page
from backend.orders.models import Order, OrderLine
from backend.orders.rules import KEPT

VIEWS = ("waiting", "mine", "late", "advances", "arbitration", "open", "done", "all")
SHORTEST_WORD = 2


@dataclass(frozen=True, slots=True)
class BuyerFacts:
    """What an agent should know of a buyer. It informs; it decides nothing."""

    joined_at: datetime
    orders_count: int
    spent_minor: int
    cases_count: int
    returned_pieces: int
    bought_pieces: int
    is_frequent: bool


def least_busy(agents: Collection[UUID]) -> UUID | None:
    """The agent with the fewest open cases; of equals always the same one."""
    if not agents:
        return None
    busy = dict(
        AfterSaleCase.objects.filter(agent_id__in=agents, state__in=moves.OPEN)
        .values_list("agent_id")
        .annotate(count=Count("pk"))
    )
    return min(agents, key=lambda agent: (busy.get(agent, 0), agent))


def queue_page(
    *, view: str, kind: str | None, words: str | None, agent_id: UUID, first: int, after: str | None, now: datetime
) -> Page:
    """One page of cases, the newest first; what waits for the desk comes oldest first.

    Raises: InvalidInput.
    """
    if view not in VIEWS:
        raise InvalidInput("view")
    cases = _view(view, agent_id=agent_id, now=now).select_related("order", "buyer")
    if kind:
        cases = cases.filter(type=kind)
    if words and len(words.strip()) >= SHORTEST_WORD:
        text = words.strip()[:40]
        cases = cases.filter(
            Q(number__iexact=text) | Q(order__number__iexact=text) | Q(back_tracking__iexact=text)
            | Q(number__istartswith=text)
        )  # fmt: skip
    order = ("opened_at", "id") if view in ("waiting", "late", "mine", "advances") else ("-opened_at", "-id")
    return keyset_page(cases, order=order, first=first, after=after)


def counts(*, agent_id: UUID, now: datetime) -> dict[str, Any]:
    """The numbers above the queue."""
    today = now - timedelta(hours=24)
    return {
        "waiting": _view("waiting", agent_id=agent_id, now=now).count(),
        "mine": _view("mine", agent_id=agent_id, now=now).count(),
        "late": _view("late", agent_id=agent_id, now=now).count(),
        "advances": _view("advances", agent_id=agent_id, now=now).count(),
        "arbitration": _view("arbitration", agent_id=agent_id, now=now).count(),
        "done_today": AfterSaleCase.objects.filter(finished_at__gt=today).count(),
        "compensations": Compensation.objects.filter(state=CompensationState.PROPOSED).count(),
    }


def buyer_facts(buyer_id: UUID, *, now: datetime) -> BuyerFacts:
    """What an agent should know of a buyer."""
    kept = Order.objects.filter(buyer_id=buyer_id, state__in=KEPT).aggregate(count=Count("pk"), sum=Sum("total_minor"))
    recent = now - windows.FREQUENT_WINDOW
    cases = AfterSaleCase.objects.filter(buyer_id=buyer_id, opened_at__gt=recent)
    cases_count = cases.exclude(state__in=moves.WITHOUT_EFFECT).count()
    returned = CaseLine.objects.filter(case__in=cases, standing=Standing.SETTLED).aggregate(sum=Sum("quantity"))["sum"]
    bought = OrderLine.objects.filter(order__buyer_id=buyer_id, order__paid_at__gt=recent).aggregate(
        sum=Sum("quantity")
    )["sum"]
    return BuyerFacts(
        joined_at=User.objects.values_list("date_joined", flat=True).get(pk=buyer_id),
        orders_count=kept["count"],
        spent_minor=kept["sum"] or 0,
        cases_count=cases_count,
        returned_pieces=returned or 0,
        bought_pieces=bought or 0,
        is_frequent=windows.is_frequent(
            cases_count=cases_count, returned_pieces=returned or 0, bought_pieces=bought or 0
        ),
    )


def compensations_of(case: AfterSaleCase) -> list[Compensation]:
    """What was given or proposed for the order of a case, newest first."""
    return list(Compensation.objects.filter(order_id=case.order_id).order_by("-proposed_at", "-pk"))


def waiting_compensations(*, limit: int = 50) -> list[Compensation]:
    """The compensations that wait for a second person, oldest first."""
    waiting = Compensation.objects.filter(state=CompensationState.PROPOSED).select_related(
        "order", "buyer", "proposed_by"
    )
    return list(waiting.order_by("proposed_at", "pk")[:limit])


def limit_of(roles: frozenset[str], *, is_second: bool = False) -> int:
    """What somebody with these roles may give by themselves, or agree to as the second person."""
    limits = windows.Compensations(
        agent_minor=settings.COMPENSATION_AGENT_MINOR, admin_minor=settings.COMPENSATION_ADMIN_MINOR
    )
    return limits.limit_of(roles) * (windows.TWO_PEOPLE if is_second else 1)


def compensated_minor(order_id: UUID) -> int:
    """What was paid or is proposed for an order."""
    live = Compensation.objects.filter(order_id=order_id).exclude(state=CompensationState.REFUSED)
    return live.aggregate(sum=Sum("amount_minor"))["sum"] or 0


def _view(view: str, *, agent_id: UUID, now: datetime) -> QuerySet[AfterSaleCase]:
    cases = AfterSaleCase.objects.all()
    match view:
        case "waiting":
            return cases.filter(state__in=moves.WITH_THE_DESK)
        case "mine":
            return cases.filter(state__in=moves.WITH_THE_DESK, agent_id__in=answered_by(agent_id, now=now))
        case "advances":
            return cases.filter(pk__in=Advance.objects.filter(state=AdvanceState.PAID).values("case"))
        case "late":
            late = Q(first_answered_at=None, first_answer_by__lt=now, state__in=moves.UNDECIDED)
            return cases.filter(late | Q(deadline_at__lt=now + timedelta(hours=12), state__in=moves.WITH_THE_DESK))
        case "arbitration":
            return cases.filter(state__in=["APPEALED", "ARBITRATION"])
        case "open":
            return cases.filter(state__in=moves.OPEN)
        case "done":
            return cases.filter(state__in=moves.OVER)
    return cases
