"""Reads of cases for their buyers, and of what hangs on them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from backend.aftersales.models import AfterSaleCase, CaseEvent, CaseLine, CaseState, Evidence
from backend.aftersales.rules import moves
from backend.aftersales.selectors.claims import auto_approves
from backend.core.errors import NotFound
from backend.core.paging import Page, keyset_page
from backend.fulfilment.models import Resend, Shipment
from backend.fulfilment.selectors import parcels_of_askers, resend_of, resends_of_askers
from backend.orders.models import Order, OrderLine
from backend.payments.models import Refund, RefundState

ASKER = "after_sale"


def own_case(*, case_id: UUID, buyer_id: UUID) -> AfterSaleCase:
    """A case of this buyer.

    Raises: NotFound.
    """
    case = AfterSaleCase.objects.filter(pk=case_id, buyer_id=buyer_id).first()
    if case is None:
        raise NotFound
    return case


def visible_case(*, case_id: UUID, viewer_id: UUID, sees_all: bool) -> AfterSaleCase:
    """A case for its buyer, or for the desk.

    Raises: NotFound.
    """
    found = AfterSaleCase.objects.filter(pk=case_id).select_related("order")
    case = (found if sees_all else found.filter(buyer_id=viewer_id)).first()
    if case is None:
        raise NotFound
    return case


def cases_of(*, buyer_id: UUID, first: int, after: str | None) -> Page:
    """The cases of one buyer, newest first."""
    cases = AfterSaleCase.objects.filter(buyer_id=buyer_id).select_related("order")
    return keyset_page(cases, order=("-opened_at", "-id"), first=first, after=after)


def cases_of_orders(order_ids: Sequence[UUID]) -> dict[UUID, list[AfterSaleCase]]:
    """The cases of each order, newest first."""
    found: dict[UUID, list[AfterSaleCase]] = {order_id: [] for order_id in order_ids}
    for case in (
        AfterSaleCase.objects.filter(order_id__in=order_ids).select_related("order").order_by("-opened_at", "-pk")
    ):
        found[case.order_id].append(case)
    return found


def resend_of_case(case_id: UUID) -> Resend | None:
    """What is sent to the buyer for a case."""
    return resend_of(asker_kind=ASKER, asker_id=case_id)


def resends_of_cases(case_ids: Sequence[UUID]) -> dict[UUID, Resend]:
    """What is sent to the buyers for these cases."""
    return resends_of_askers(asker_kind=ASKER, asker_ids=case_ids)


def parcels_of_cases(case_ids: Sequence[UUID]) -> dict[UUID, list[Shipment]]:
    """The parcels with what is sent to the buyers for these cases, first the first."""
    return parcels_of_askers(asker_kind=ASKER, asker_ids=case_ids)


def shown_state(case: AfterSaleCase, *, now: datetime) -> CaseState:
    """Where a case stands, judged by the clock."""
    return moves.shown_state(
        state=case.state,
        deadline_at=case.deadline_at,
        auto_approves=auto_approves(case),
        inspects_first=case.waits_for_a_look,
        now=now,
    )


def lines_of_case(case_id: UUID) -> list[CaseLine]:
    """What a case claims, in the order of the lines' keys."""
    return list(CaseLine.objects.filter(case_id=case_id).select_related("order_line").order_by("order_line_id"))


def lines_of_cases(case_ids: Iterable[UUID]) -> dict[UUID, list[CaseLine]]:
    """What each case claims, in the order of the order."""
    found: dict[UUID, list[CaseLine]] = {case_id: [] for case_id in case_ids}
    lines = CaseLine.objects.filter(case_id__in=found).select_related("order_line__picture", "wanted_variant")
    for line in lines.order_by("order_line__position"):
        found[line.case_id].append(line)
    return found


def history_of(case_ids: Iterable[UUID]) -> dict[UUID, list[CaseEvent]]:
    """The history of each case, oldest first, with what only the desk may read."""
    found: dict[UUID, list[CaseEvent]] = {case_id: [] for case_id in case_ids}
    for event in CaseEvent.objects.filter(case_id__in=found).order_by("at", "pk"):
        found[event.case_id].append(event)
    return found


def pictures_of(case_ids: Iterable[UUID]) -> dict[UUID, list[Evidence]]:
    """The pictures beside each line of the history."""
    found: dict[UUID, list[Evidence]] = {}
    for each in Evidence.objects.filter(case_id__in=list(case_ids)).select_related("picture").order_by("pk"):
        found.setdefault(each.event_id, []).append(each)
    return found


def order_and_lines(*, order_id: UUID, buyer_id: UUID) -> tuple[Order, list[OrderLine]]:
    """An order of this buyer with its lines.

    Raises: NotFound.
    """
    order = Order.objects.filter(pk=order_id, buyer_id=buyer_id).first()
    if order is None:
        raise NotFound
    return order, list(OrderLine.objects.filter(order=order).order_by("position"))


def has_other_open(case: AfterSaleCase) -> bool:
    """Whether another case of the same order is open."""
    others = AfterSaleCase.objects.filter(order_id=case.order_id, state__in=moves.OPEN).exclude(pk=case.pk)
    return others.exists()


def was_sent_back(case: AfterSaleCase) -> bool:
    """Whether the parcel of a case has come back to the warehouse."""
    return CaseEvent.objects.filter(case=case, to_state=CaseState.RECEIVED).exists()


def refund_cause(line_id: UUID) -> str:
    """The name under which the refund of one line of a case is made, once."""
    return f"after_sale:{line_id}"


def shipping_cause(case_id: UUID) -> str:
    """The name under which the shipping of a case is given back, once."""
    return f"after_sale:{case_id}:shipping"


def refunds_of_case(case: AfterSaleCase) -> list[Refund]:
    """The refunds that a case made."""
    lines = CaseLine.objects.filter(case=case).values_list("pk", flat=True)
    causes = [*(refund_cause(line_id) for line_id in lines), shipping_cause(case.id)]
    return list(Refund.objects.filter(order_id=case.order_id, cause__in=causes).order_by("requested_at", "pk"))


def open_refunds(case: AfterSaleCase) -> bool:
    """Whether money of a case is still on its way."""
    return any(refund.state != RefundState.SUCCEEDED for refund in refunds_of_case(case))


def refunding_cases(order_id: UUID) -> list[UUID]:
    """The cases of an order whose money is on its way, by id."""
    cases = AfterSaleCase.objects.filter(order_id=order_id, state=CaseState.REFUNDING)
    return list(cases.order_by("pk").values_list("pk", flat=True))


def open_cases(order_id: UUID) -> list[UUID]:
    """The open cases of an order that have not come to money, by id."""
    cases = AfterSaleCase.objects.filter(
        order_id=order_id, state__in=moves.OPEN - {CaseState.REFUNDING}, is_advanced=False
    )
    return list(cases.order_by("pk").values_list("pk", flat=True))


def overdue_cases(*, now: datetime, limit: int) -> list[UUID]:
    """The cases whose state has run out, the longest over first."""
    due = AfterSaleCase.objects.filter(deadline_at__lte=now, state__in=[*moves.LASTS, *moves.KEEPS_DEADLINE])
    return list(due.order_by("deadline_at").values_list("pk", flat=True)[:limit])
