"""How strictly the goods of a supplier are judged follows what became of their lots before."""

import pytest

from backend.catalogue.models import Variant
from backend.core.ids import new_id
from backend.inventory.actions import inspect_line, take_delivery
from backend.inventory.errors import SupplierStopped
from backend.inventory.models import InboundDelivery, InboundLine
from backend.inventory.sampling import Level, Lot, Severity, plan_for, severity_after
from tests.factories.catalogue import NOON, make_variant
from tests.factories.orders import make_buyer

db = pytest.mark.django_db
GOOD, BAD, MENDED = Lot(True), Lot(False), Lot(True, is_improved=True)
TIGHT = [BAD, BAD]
STOPPED = [*TIGHT, *[BAD] * 5]


def bring(variant: Variant, *, supplier: str = "桐庐竹器厂", improved: str = "") -> InboundLine:
    """A lot of five hundred pieces."""
    delivery = take_delivery(
        supplier=supplier, note_number=f"N{InboundDelivery.objects.count()}", quantities={variant.sku: 500},
        improved=improved, actor_id=make_buyer("Sue").id, idempotency_key=new_id(), now=NOON,
    )  # fmt: skip
    return InboundLine.objects.get(delivery=delivery)


def judge(line: InboundLine, *, is_good: bool) -> None:
    inspect_line(
        line_id=line.pk, defects=0 if is_good else line.sample_size, note="", actor_id=make_buyer("Tom").id, now=NOON
    )


@pytest.mark.parametrize(
    ("lots", "expected"),
    [
        ([], Severity.NORMAL),
        ([BAD, GOOD, GOOD, GOOD, GOOD, BAD], Severity.NORMAL),
        ([BAD, GOOD, GOOD, GOOD, BAD], Severity.TIGHTENED),
        (TIGHT, Severity.TIGHTENED),
        ([*TIGHT, GOOD, GOOD, GOOD, GOOD], Severity.TIGHTENED),
        ([*TIGHT, GOOD, GOOD, GOOD, GOOD, GOOD], Severity.NORMAL),
        ([*TIGHT, GOOD, GOOD, BAD, GOOD, GOOD, GOOD, GOOD], Severity.TIGHTENED),
        ([*TIGHT, *[GOOD] * 5, BAD], Severity.NORMAL),
        ([*TIGHT, *[GOOD, BAD] * 4], Severity.TIGHTENED),
        ([*TIGHT, *[GOOD, BAD] * 5], Severity.STOPPED),
        ([*STOPPED, *[GOOD] * 9], Severity.STOPPED),
        ([*STOPPED, MENDED], Severity.TIGHTENED),
        ([*STOPPED, MENDED, *[GOOD] * 4], Severity.NORMAL),
        ([*STOPPED, Lot(False, is_improved=True), *[BAD] * 4], Severity.STOPPED),
    ],
)
def test_two_refused_of_five_tighten_five_taken_relax_and_five_refused_stop(lots, expected):
    assert severity_after(lots) == expected


@pytest.mark.parametrize(
    ("quantity", "sample", "most"),
    [(5, 5, 0), (8, 8, 0), (50, 8, 0), (51, 32, 1), (150, 32, 1), (280, 32, 1), (500, 50, 2), (1_200, 80, 3),
     (3_200, 125, 5), (10_000, 200, 8), (35_000, 315, 12), (150_000, 500, 18), (1_000_000, 500, 18)],
)  # fmt: skip
def test_the_tightened_sample_follows_its_own_table(quantity, sample, most):
    plan = plan_for(quantity=quantity, level=Level.II, severity=Severity.TIGHTENED)

    assert (plan.sample_size, plan.accept_number) == (sample, most)


@db
def test_two_refused_lots_tighten_these_goods_of_this_supplier_and_no_others():
    variant, other = make_variant(stock=0), make_variant(stock=0)
    for _ in range(2):
        judge(bring(variant), is_good=False)

    tight, others, elsewhere = bring(variant), bring(other), bring(variant, supplier="安吉竹器厂")

    assert (tight.severity, tight.sample_size, tight.accept_number) == (Severity.TIGHTENED, 50, 2)
    assert [line.severity for line in (others, elsewhere)] == [Severity.NORMAL, Severity.NORMAL]


@db
def test_goods_that_were_refused_too_often_come_in_again_once_somebody_says_what_was_improved():
    variant = make_variant(stock=0)
    for _ in range(7):
        judge(bring(variant), is_good=False)
    known = InboundDelivery.objects.count()

    with pytest.raises(SupplierStopped) as refusal:
        bring(variant)

    assert refusal.value.code == "SUPPLIER_STOPPED"
    assert InboundDelivery.objects.count() == known
    mended = bring(variant, improved="换了烘干炉")
    assert mended.severity == Severity.TIGHTENED
    judge(mended, is_good=True)
    assert bring(variant).severity == Severity.TIGHTENED
