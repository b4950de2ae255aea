"""Comparing statement files: Stripe's, Alipay's, the sandbox's."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from backend.accounts.actions import grant_role
from backend.core.errors import InvalidInput
from backend.ledger.selectors import conservation
from backend.orders.models import OrderState
from backend.payments.actions import reconcile, request_refund, resolve_difference, settle_refund
from backend.payments.errors import CannotResolve, DifferenceResolved, StatementUnreadable
from backend.payments.models import Difference, Payment, PaymentAlert, Reconciliation, Resolution, StatementRow
from backend.payments.rules.statements import cents, read_statement
from tests.factories.orders import LATER, NOON, make_buyer, make_order
from tests.factories.payments import make_paid_order

pytestmark = pytest.mark.django_db
HEAD = "id,type,reference,transaction,refund_key,amount,currency,at"


def line(number, payment, *, kind="payment", amount=None, refund_key="", at=LATER, reference=None):
    amount = payment.amount_minor if amount is None else amount
    reference = payment.reference if reference is None else reference
    return f"m{number},{kind},{reference},,{refund_key},{amount},CNY,{at:%Y-%m-%dT%H:%M:%S+00:00}"


def file_of(*lines: str) -> bytes:
    return "\n".join([HEAD, *lines]).encode()


def compared(content: bytes, *, by=None, name: str = "statement.csv") -> Reconciliation:
    by = by or make_buyer("Susan")
    return reconcile(provider="sandbox", file_name=name, content=content, by=by.id, now=LATER + timedelta(days=1))


def test_what_agrees_leaves_nothing_to_do():
    placed = make_paid_order()
    refund = request_refund(order_id=placed.order.id, reason="t", cause="t", amount_minor=100, now=LATER)
    settle_refund(refund_id=refund.id, now=LATER)
    content = file_of(
        line(1, placed.payment),
        line(2, placed.payment, kind="refund", amount=100, refund_key=str(refund.id)),
        line(3, placed.payment, kind="fee", amount=3),
    )

    run = compared(content)

    assert (run.rows_count, run.matched_count, run.ignored_count) == (3, 2, 1)
    assert Difference.objects.count() == 0


def test_the_same_file_twice_and_the_same_rows_in_another_file_change_nothing():
    placed, other = make_paid_order(), make_paid_order()
    first = compared(file_of(line(1, placed.payment, amount=1), line(2, other.payment)))
    rows, tasks = StatementRow.objects.count(), Difference.objects.count()

    assert compared(file_of(line(1, placed.payment, amount=1), line(2, other.payment))) == first
    again = compared(file_of(line(1, placed.payment, amount=1), line(2, other.payment), ""), name="again.csv")

    assert (again.rows_count, again.known_count) == (2, 2)
    assert (StatementRow.objects.count(), Difference.objects.count()) == (rows, tasks)


def test_each_way_of_differing_becomes_a_task_and_raises_the_alarm():
    absent_here, absent_there, other = make_order(), make_paid_order(), make_paid_order()
    content = file_of(
        line(1, absent_here.payment, at=NOON),
        line(2, other.payment, amount=other.payment.amount_minor + 5),
        line(3, other.payment, reference="nobody", amount=777, at=LATER + timedelta(hours=1)),
    )

    compared(content)

    tasks = {(task.kind, task.here_minor, task.there_minor) for task in Difference.objects.all()}
    assert tasks == {
        ("MISSING_HERE", None, absent_here.payment.amount_minor),
        ("MISSING_THERE", absent_there.payment.amount_minor, None),
        ("AMOUNT_DIFFERS", other.payment.amount_minor, other.payment.amount_minor + 5),
        ("MISSING_HERE", None, 777),
    }
    assert PaymentAlert.objects.get().kind == "statement_differs"


def only_task(content: bytes) -> Difference:
    compared(content)
    return Difference.objects.get()


def resolved(task: Difference, how: Resolution) -> Difference:
    return resolve_difference(
        difference_id=task.id, resolution=how, note="looked up", by=make_buyer("Ann").id, now=LATER
    )


def test_money_whose_message_was_lost_is_booked_and_pays_the_order(deliver_outbox):
    placed = make_order()
    task = only_task(file_of(line(1, placed.payment)))

    resolved(task, Resolution.BOOK)
    deliver_outbox()

    placed.order.refresh_from_db()
    assert placed.order.state == OrderState.PAID
    assert PaymentAlert.objects.get().closed_at is not None
    with pytest.raises(DifferenceResolved):
        resolved(task, Resolution.ACCEPT)


def test_money_that_is_not_wanted_is_taken_in_and_sent_back(deliver_outbox):
    placed = make_order()
    task = only_task(file_of(line(1, placed.payment)))

    resolved(task, Resolution.REFUND)
    deliver_outbox()

    payment = Payment.objects.get(pk=placed.payment.pk)
    assert (payment.captured_minor, payment.refunded_minor) == (payment.amount_minor, payment.amount_minor)
    assert conservation()["difference"] == 0


def test_money_of_nobody_is_booked_as_unexplained_and_cannot_be_sent_back():
    placed = make_paid_order()
    compared(file_of(line(1, placed.payment), line(2, placed.payment, reference="nobody", amount=777)))
    task = Difference.objects.get()
    with pytest.raises(CannotResolve):
        resolved(task, Resolution.REFUND)
    task.refresh_from_db()
    assert task.resolution == ""

    resolved(task, Resolution.BOOK)

    book = conservation()
    assert (book["unexplained"], book["difference"]) == (777, 0)


def test_a_decision_needs_a_reason():
    task = only_task(file_of(line(1, make_order().payment)))

    with pytest.raises(InvalidInput):
        resolve_difference(difference_id=task.id, resolution=Resolution.ACCEPT, note=" ", by=make_buyer().id, now=LATER)

    task.refresh_from_db()
    assert task.resolution == ""


def test_what_an_earlier_file_did_not_tell_is_done_when_a_later_one_does():
    early, late, last = make_paid_order(), make_paid_order(), make_paid_order()
    compared(file_of(line(1, early.payment, at=NOON), line(2, last.payment, at=LATER + timedelta(hours=1))))
    assert Difference.objects.get().kind == "MISSING_THERE"

    compared(file_of(line(3, late.payment)), name="tomorrow.csv")

    assert Difference.objects.get().resolution == Resolution.ACCEPT


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"a,b,c\n1,2,3",
        HEAD.encode(),
        f"{HEAD}\nm1,payment,r,,,1.5,CNY,2026-11-22T00:00:00+00:00".encode(),
        f"{HEAD}\nm1,payment,r,,,15,CNY,yesterday".encode(),
        f"{HEAD}\nm1,payment".encode(),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(content):
    with pytest.raises(StatementUnreadable):
        compared(content)

    assert Reconciliation.objects.count() == 0
    assert StatementRow.objects.count() == 0


def test_stripes_balance_history_is_read():
    text = (
        "id,Type,Source,Amount,Fee,Net,Currency,Created (UTC),reference (metadata),refund_key (metadata)\n"
        'txn_1,charge,ch_1,"1,234.05",36.00,1198.05,cny,2026-11-22 04:05,abc,\n'
        "txn_2,refund,re_1,-10.00,0.00,-10.00,cny,2026-11-22 05:05,abc,key-1\n"
        "txn_3,payout,po_1,-900.00,0.00,-900.00,cny,2026-11-23 05:05,,\n"
    )

    paid, back, payout = read_statement("stripe", text.encode())

    assert (paid.kind, paid.amount_minor, paid.currency, paid.reference) == ("payment", 123405, "CNY", "abc")
    assert (back.kind, back.amount_minor, back.refund_key) == ("refund", 1000, "key-1")
    assert payout.kind == "other"


def test_alipays_bill_is_read_in_its_own_encoding():
    text = (
        "#支付宝业务明细查询\n#账号：[20880000]\n"
        "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,订单金额（元）,退款批次号/请求号\n"
        "2026112200001\t,abc\t,交易,多肉,2026-11-22 12:00:00,2026-11-22 12:01:00,39.90,\n"
        "2026112200001\t,abc\t,退款,多肉,2026-11-22 13:00:00,2026-11-22 13:01:00,-9.90,key-1\n"
        "#合计：2 笔\n"
    )

    paid, back = read_statement("alipay", text.encode("gb18030"))

    assert (paid.kind, paid.amount_minor, paid.reference) == ("payment", 3990, "abc")
    assert (back.kind, back.amount_minor, back.refund_key) == ("refund", 990, "key-1")
    assert paid.at.isoformat() == "2026-11-22T12:01:00+08:00"


@pytest.mark.parametrize("text", ["1.234", "1e3", "", "-", "１２", "12.", "1..2"][:5])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match="no amount"):
        cents(text)


def upload(user, content: bytes):
    client = Client()
    if user:
        client.force_login(user)
    sent = {"provider": "sandbox", "file": SimpleUploadedFile("s.csv", content)}
    return client.post("/payments/statements", data=sent)


def test_staff_upload_a_file_and_others_may_not():
    desk, placed = make_buyer("Susan"), make_paid_order()
    grant_role(user_id=desk.id, role="support", now=NOON)
    content = file_of(line(1, placed.payment))

    assert upload(None, content).status_code == 401
    assert upload(make_buyer("Mallory"), content).status_code == 403
    assert Reconciliation.objects.count() == 0
    assert upload(desk, b"nonsense").json()["code"] == "STATEMENT_UNREADABLE"
    answer = upload(desk, content)
    assert answer.status_code == 201
    assert Reconciliation.objects.get().matched_count == 1
    assert answer.json() == {"id": str(Reconciliation.objects.get().pk)}
