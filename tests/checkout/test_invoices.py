"""Invoices: for whom, when, with which sums, numbered without gaps, read by their owner only."""

import io
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.test import Client
from pypdf import PdfReader

from backend.checkout.actions import cancel_order, issue_credit_note, issue_invoice, wish_for_invoice
from backend.checkout.errors import InvoiceAlreadyIssued, InvoiceTooLate
from backend.checkout.invoice_rules import InvoiceFor, credited_lines, is_tax_number
from backend.checkout.models import Invoice, InvoiceFile, InvoiceWish
from backend.checkout.selectors import invoice_file
from backend.core.errors import InvalidInput, NotFound
from backend.core.ids import new_id
from tests.checkout.sources import CHOICE, StandIn, taking_part
from tests.factories.accounts import make_person
from tests.factories.catalogue import make_variant
from tests.factories.orders import LATER, make_buyer
from tests.factories.payments import make_paid_order
from tests.support.races import all_at_once

COMPANY = InvoiceFor(way="ELECTRONIC", title="杭州多肉小院有限公司", tax_number="91350100M000100Y43")
PERSON = InvoiceFor(way="ELECTRONIC", title="王小明")


def paid(**wanted):
    return make_paid_order(**wanted).order


def wish(order, wanted=COMPANY, now=LATER):
    return wish_for_invoice(order_id=order.pk, buyer_id=order.buyer_id, wanted=wanted, now=now)


@pytest.mark.django_db
def test_a_paid_order_gets_a_document_that_says_what_was_paid(deliver_outbox):
    with taking_part(StandIn(off_minor=333)):
        order = paid(
            variants=[(make_variant(price_minor=2990), 2), (make_variant(price_minor=1000), 1)], choices=CHOICE
        )

    wish(order)
    deliver_outbox()

    invoice = Invoice.objects.get()
    assert invoice.total_minor == order.total_minor == sum(line["total_minor"] for line in invoice.lines)
    assert sum(line["off_minor"] for line in invoice.lines) == order.discount_minor == 666
    number, content = invoice_file(invoice_id=invoice.pk, viewer_id=order.buyer_id)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    for said in (number, COMPANY.title, COMPANY.tax_number, order.number, "多肉小院", "¥56.47"):
        assert said in text
    assert f"¥{order.total_minor // 100}.{order.total_minor % 100:02d}" in text


@pytest.mark.django_db
def test_its_owner_downloads_it_and_nobody_else(deliver_outbox):
    order = paid()
    wish(order)
    deliver_outbox()
    invoice = Invoice.objects.get()
    owner, stranger = Client(), Client()
    owner.force_login(order.buyer, backend=settings.AUTHENTICATION_BACKENDS[0])
    stranger.force_login(make_person(), backend=settings.AUTHENTICATION_BACKENDS[0])

    answer = owner.get(f"/invoices/{invoice.pk}.pdf")

    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert stranger.get(f"/invoices/{invoice.pk}.pdf").status_code == 404
    assert Client().get(f"/invoices/{invoice.pk}.pdf").status_code == 404


@pytest.mark.django_db
def test_a_repeat_issues_nothing_more_and_another_wish_comes_too_late(deliver_outbox):
    order = paid()
    wish(order, PERSON)
    deliver_outbox()

    assert issue_invoice(order_id=order.pk, now=LATER) == Invoice.objects.get()
    with pytest.raises(InvoiceAlreadyIssued):
        wish(order)
    assert InvoiceWish.objects.get().title == PERSON.title


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (InvoiceFor(way="FAX", title="王小明"), "way"),
        (InvoiceFor(way="PAPER", title=" "), "title"),
        (InvoiceFor(way="PAPER", title="公司", tax_number="91350100M000100Y44"), "taxNumber"),
    ],
)
def test_what_cannot_stand_on_an_invoice_is_refused(wanted, field):
    order = paid()

    with pytest.raises(InvalidInput) as refused:
        wish(order, wanted)

    assert refused.value.field == field
    assert not InvoiceWish.objects.exists()


@pytest.mark.django_db
def test_strangers_and_late_comers_get_none():
    order = paid()

    with pytest.raises(NotFound):
        wish_for_invoice(order_id=order.pk, buyer_id=make_buyer().pk, wanted=PERSON, now=LATER)
    with pytest.raises(InvoiceTooLate):
        wish(order, now=LATER + timedelta(days=91))
    cancel_order(order_id=order.pk, buyer_id=order.buyer_id, idempotency_key=new_id(), now=LATER)
    with pytest.raises(InvoiceTooLate):
        wish(order)

    assert not InvoiceWish.objects.exists()


@pytest.mark.django_db
def test_money_that_goes_back_is_taken_off_once_to_the_last_fen(deliver_outbox):
    order, refund_id = paid(variants=[(make_variant(price_minor=3333), 3)]), new_id()
    wish(order)
    deliver_outbox()

    for _ in range(2):
        issue_credit_note(order_id=order.pk, refund_id=refund_id, amount_minor=1001, now=LATER)
    deliver_outbox()

    note = Invoice.objects.get(kind="CREDIT_NOTE")
    assert note.total_minor == -1001
    assert (note.sequence, InvoiceFile.objects.count()) == (2, 2)


@pytest.mark.django_db
def test_the_database_refuses_gaps_changes_and_deletions(deliver_outbox):
    order = paid()
    wish(order)
    deliver_outbox()
    invoice = Invoice.objects.get()

    for wrong in (
        lambda: Invoice.objects.filter(pk=invoice.pk).update(total_minor=1),
        lambda: Invoice.objects.filter(pk=invoice.pk)._raw_delete(using="default"),
        lambda: Invoice.objects.create(
            order=order, kind="CREDIT_NOTE", refund_id=new_id(), year=invoice.year, sequence=9, title="x", lines=[],
            total_minor=0, issued_at=LATER,
        ),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong()

    assert Invoice.objects.get().total_minor == order.total_minor


def test_invoices_issued_at_once_are_numbered_without_a_gap(fresh_database):
    orders = [paid() for _ in range(6)]
    for order in orders:
        wish(order)

    outcome = all_at_once(12, lambda number: issue_invoice(order_id=orders[number % 6].pk, now=LATER).sequence)

    assert outcome.raised == []
    assert sorted(Invoice.objects.values_list("sequence", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_a_tax_number_has_a_check_digit():
    assert is_tax_number("91350100M000100Y43")
    assert not is_tax_number("91350100M000100Y42")
    assert not is_tax_number("O1350100M000100Y43")


def test_a_credited_amount_is_shared_without_losing_a_fen():
    lines = [{"title": {}, "option": {}, "quantity": 1, "total_minor": amount} for amount in (1000, 1000, 1000)]

    assert sorted(line["total_minor"] for line in credited_lines(lines, amount_minor=100)) == [-34, -33, -33]
