"""Invoices: wished for with an order or after it, issued when it is paid, taken back when money goes back."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from backend.checkout.errors import InvoiceAlreadyIssued, InvoiceTooLate
from backend.checkout.events import InvoiceIssued, InvoiceWished
from backend.checkout.invoice_pdf import draw_invoice
from backend.checkout.invoice_rules import (
    INVOICE_DAYS,
    InvoiceFor,
    credited_lines,
    invoice_lines,
    is_tax_number,
    service_line,
)
from backend.checkout.models import Invoice, InvoiceFile, InvoiceKind, InvoiceSeries, InvoiceWay, InvoiceWish
from backend.core.errors import InvalidInput, NotFound
from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.core.rows import insert_row_once
from backend.orders.models import Order, OrderLine, OrderState
from backend.orders.rules import KEPT
from backend.orders.selectors import own_order


def check_invoice(wanted: InvoiceFor) -> InvoiceFor:
    """Tidy what a buyer wrote for an invoice.

    Raises: InvalidInput.
    """
    title, tax_number = " ".join(wanted.title.split()), "".join(wanted.tax_number.split()).upper()
    if wanted.way not in InvoiceWay.values:
        raise InvalidInput("way")
    if not 2 <= len(title) <= 80:
        raise InvalidInput("title", _("Write the name that stands on the invoice, 2 to 80 letters."))
    if tax_number and not is_tax_number(tax_number):
        raise InvalidInput("taxNumber", _("This tax number cannot be right. It has 18 letters; check each of them."))
    return InvoiceFor(way=wanted.way, title=title, tax_number=tax_number)


@transaction.atomic
def wish_for_invoice(*, order_id: UUID, buyer_id: UUID, wanted: InvoiceFor, now: datetime) -> InvoiceWish:
    """Ask for an invoice, or for another one as long as none is issued; a paid order gets it at once.

    Raises: NotFound, InvalidInput, InvoiceTooLate, InvoiceAlreadyIssued.
    Emits: InvoiceWished.
    """
    wanted = check_invoice(wanted)
    order = lock_one(Order, own_order(order_id=order_id, buyer_id=buyer_id).pk)
    since = order.paid_at or order.placed_at
    is_given_up = order.state in (OrderState.CLOSED, OrderState.CANCELLED, OrderState.REFUNDED)
    if is_given_up or now > since + timedelta(days=INVOICE_DAYS):
        raise InvoiceTooLate(days=INVOICE_DAYS)
    if Invoice.objects.filter(order=order, kind=InvoiceKind.INVOICE).exists():
        raise InvoiceAlreadyIssued
    columns: dict[str, Any] = {
        "way": wanted.way,
        "title": wanted.title,
        "tax_number": wanted.tax_number,
        "address": order.address if wanted.way == InvoiceWay.PAPER else {},
        "wished_at": now,
    }
    wish, _made = InvoiceWish.objects.update_or_create(order=order, defaults=columns)
    if order.state in KEPT:
        emit(InvoiceWished(order_id=order.pk, at=now))
    return wish


@transaction.atomic
def issue_invoice(*, order_id: UUID, now: datetime) -> Invoice | None:
    """Give the wished invoice of a kept order its number; a repeat gives the same one, no wish gives none.

    Raises: NotFound.
    Emits: InvoiceIssued.
    """
    order = lock_one(Order, order_id)
    wish = InvoiceWish.objects.filter(order=order).first()
    found = Invoice.objects.filter(order=order, kind=InvoiceKind.INVOICE).first()
    if found or wish is None or order.state not in KEPT:
        return found
    rows = OrderLine.objects.filter(order=order).values(
        "title", "option_title", "quantity", "unit_minor", "discount_minor", "total_minor"
    )
    lines = invoice_lines(list(rows), shipping_minor=order.shipping_minor)
    if order.service:
        lines = [service_line(order.service, total_minor=order.total_minor)]
    return _issue(order, wish, kind=InvoiceKind.INVOICE, lines=lines, refund_id=None, now=now)


@transaction.atomic
def issue_credit_note(*, order_id: UUID, refund_id: UUID, amount_minor: int, now: datetime) -> Invoice | None:
    """Take a part of an issued invoice back after money went back; once per refund.

    Raises: NotFound.
    Emits: InvoiceIssued.
    """
    order = lock_one(Order, order_id)
    issued = Invoice.objects.filter(order=order, kind=InvoiceKind.INVOICE).first()
    if issued is None:
        return None
    found = Invoice.objects.filter(order=order, kind=InvoiceKind.CREDIT_NOTE, refund_id=refund_id).first()
    if found is not None:
        return found
    lines = credited_lines(issued.lines, amount_minor=amount_minor)
    return _issue(order, issued, kind=InvoiceKind.CREDIT_NOTE, lines=lines, refund_id=refund_id, now=now)


@transaction.atomic
def make_invoice_file(*, invoice_id: UUID) -> None:
    """Draw the document of an issued invoice and keep it; a repeat keeps the first.

    Raises: NotFound.
    """
    invoice = Invoice.objects.select_related("order").filter(pk=invoice_id).first()
    if invoice is None:
        raise NotFound
    if not InvoiceFile.objects.filter(pk=invoice_id).exists():
        insert_row_once(InvoiceFile(pk=invoice_id, content=draw_invoice(invoice, order_number=invoice.order.number)))


def _issue(
    order: Order,
    holder: InvoiceWish | Invoice,
    *,
    kind: InvoiceKind,
    lines: list[dict[str, Any]],
    refund_id: UUID | None,
    now: datetime,
) -> Invoice:
    insert_row_once(InvoiceSeries(year=now.year))
    series = lock_one(InvoiceSeries, now.year)
    series.last_sequence += 1
    series.save(update_fields=["last_sequence"])
    invoice = Invoice(
        order=order,
        kind=kind,
        refund_id=refund_id,
        year=now.year,
        sequence=series.last_sequence,
        title=holder.title,
        tax_number=holder.tax_number,
        lines=lines,
        total_minor=sum(line["total_minor"] for line in lines),
        issued_at=now,
    )
    invoice.save(force_insert=True)
    emit(InvoiceIssued(invoice_id=invoice.pk, order_id=order.pk, buyer_id=order.buyer_id, kind=str(kind), at=now))
    return invoice
