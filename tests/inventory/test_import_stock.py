"""Files of stock numbers: good rows land, bad rows come back, and the same file does nothing twice."""

import pytest
from django.db import connection
from django.utils import translation

from backend.core.ids import new_id
from backend.core.models import OutboxEvent
from backend.inventory.actions import import_stock, reserve, set_on_hand
from backend.inventory.errors import SheetRefused
from backend.inventory.models import StockImport, StockItem, StockMovement
from backend.inventory.selectors import available_of, miscounted
from backend.inventory.sheet import MOST_BYTES, read_sheet, write_refused
from tests.factories.catalogue import NOON, make_variant
from tests.factories.orders import make_buyer

pytestmark = pytest.mark.django_db


def sheet(*rows, header="sku,quantity,mode"):
    return "\n".join([header, *rows]).encode()


def taken_in(content, **options):
    return import_stock(content=content, name="stock.csv", actor_id=make_buyer().pk, now=NOON, **options)


def reasons(done):
    return [(row[0], row[4]) for row in done.refused]


def test_good_rows_land_and_bad_rows_come_back_with_their_line_and_reason():
    one, two = make_variant(stock=1), make_variant(stock=2)

    done = taken_in(
        sheet(
            f"{one.sku},7,set",
            "no-such-thing,1,set",
            f"{two.sku},5,",
            f"{two.sku},x,set",
            ",5,set",
            f"{one.sku},5,take",
        )
    )

    assert available_of([one.pk, two.pk]) == {one.pk: 7, two.pk: 5}
    assert (done.rows_count, done.landed_count) == (6, 2)
    assert reasons(done) == [(3, "unknown"), (5, "quantity"), (6, "sku"), (7, "mode")]
    assert set(StockMovement.objects.filter(reference=f"import:{done.pk}").values_list("kind", "change")) == {
        ("CORRECTED", 6),
        ("CORRECTED", 3),
    }
    assert miscounted() == []


def test_new_goods_do_not_come_in_by_a_file():
    variant = make_variant(stock=2)

    done = taken_in(sheet(f"{variant.sku},3,add", f"{variant.sku},4,ADD"))

    assert available_of([variant.pk]) == {variant.pk: 2}
    assert reasons(done) == [(2, "inspected"), (3, "inspected")]
    assert not StockMovement.objects.filter(reference=f"import:{done.pk}").exists()
    with translation.override("en"):
        assert "delivery" in "".join(write_refused(done.refused))


def test_a_variant_that_is_set_twice_keeps_its_first_row():
    variant = make_variant(stock=0)

    done = taken_in(sheet(f"{variant.sku},3,set", f"{variant.sku},4,set"))

    assert available_of([variant.pk]) == {variant.pk: 3}
    assert reasons(done) == [(3, "twice")]


def test_what_is_promised_cannot_be_set_away():
    variant = make_variant(stock=5)
    reserve(order_id=new_id(), demand={variant.pk: 4}, now=NOON)

    done = taken_in(sheet(f"{variant.sku},3,set"))

    assert StockItem.objects.get(pk=variant.pk).on_hand == 5
    assert reasons(done) == [(2, "reserved")]
    assert not StockMovement.objects.filter(reference=f"import:{done.pk}").exists()


def test_the_same_file_sent_again_changes_nothing_and_answers_the_same():
    variant = make_variant(stock=1)
    content = sheet(f"{variant.sku},4,set")
    first = taken_in(content)
    told = OutboxEvent.objects.count()

    again = taken_in(content)

    assert again == first
    assert available_of([variant.pk]) == {variant.pk: 4}
    assert OutboxEvent.objects.filter(name__in=["StockImported", "AvailabilityChanged"]).count() <= told
    assert StockImport.objects.count() == 1


def test_the_same_file_with_a_key_is_a_new_count_once():
    variant, key = make_variant(stock=1), new_id()
    content = sheet(f"{variant.sku},3,set")
    taken_in(content)
    set_on_hand(variant_id=variant.pk, on_hand=1, reason="", actor_id=make_buyer().pk, now=NOON)

    taken_in(content, key=key)
    taken_in(content, key=key)

    assert available_of([variant.pk]) == {variant.pk: 3}
    assert StockImport.objects.count() == 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"name,price\nx,1",
        b"\x89PNG\r\n\x1a\n\xff\xfe\x00\x81",
        b"sku,quantity\n" + b"a" * MOST_BYTES,
        b"sku,quantity\n" + b"a,1\n" * 100_001,
    ],
    ids=["empty", "other columns", "a picture", "too many bytes", "too many rows"],
)
def test_a_file_that_is_no_table_of_numbers_is_refused_and_nothing_is_written(content):
    with pytest.raises(SheetRefused) as refusal:
        taken_in(content)

    assert refusal.value.code == "SHEET_REFUSED"
    assert not StockImport.objects.exists()
    assert not StockMovement.objects.exists()


def test_files_of_chinese_spreadsheets_are_read():
    variant = make_variant(stock=0)
    content = f"SKU,Quantity,备注\r\n{variant.sku},3,补货\r\n".encode("gb18030")

    taken_in(content)

    assert available_of([variant.pk]) == {variant.pk: 3}


@pytest.mark.parametrize("number", ["-1", "1.5", "１２", "1e3", "9" * 30, "²", ""])
def test_only_plain_whole_numbers_are_taken(number):
    rows, refused = read_sheet(sheet(f"a,{number},set"))

    assert rows == []
    assert refused[0].reason == "quantity"


def test_the_refused_rows_say_why_in_the_readers_language_and_hold_no_formula():
    done = taken_in(sheet("=1+1,3,set"))

    with translation.override("zh-hans"):
        text = "".join(write_refused(done.refused))

    assert text.splitlines()[1].startswith("'=1+1,3,set,2,")
    assert "没有商品" in text


def test_fifty_thousand_rows_with_one_in_a_hundred_bad_land_in_one_go():
    variant = make_variant(stock=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO catalogue_variant (id, product_id, sku, title, options, currency, price_minor, position)"
            " SELECT gen_random_uuid(), product_id, 'bulk-' || n, '{}', jsonb_build_object('n', n), 'CNY', 100, n"
            " FROM catalogue_variant, generate_series(1, 50000) n WHERE id = %s",
            [variant.pk],
        )
    content = sheet(*(f"bulk-{n},{'x' if n % 100 == 0 else n},set" for n in range(1, 50_001)))

    done = taken_in(content)

    assert (done.rows_count, done.landed_count, len(done.refused)) == (50_000, 49_500, 500)
    assert StockItem.objects.filter(on_hand__gt=0).count() == 49_500
