"""Tables of products: good ones land whole, bad rows come back with reasons."""

import pytest

from backend.catalogue.actions import import_catalogue, save_brand
from backend.catalogue.errors import TABLE_REASONS, TableRefused
from backend.catalogue.models import CatalogueImport, ImportProblem, PriceChange, Product, ProductRevision, Variant
from backend.core.errors import NotFound
from backend.core.models import OutboxEvent
from backend.inventory.selectors import available_of
from tests.factories.accounts import make_grower
from tests.factories.catalogue import NOON, make_category, make_picture, make_product, texts
from tests.factories.merchandise import PDF, hand_in, make_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def grower():
    return make_grower()


@pytest.fixture
def shop():
    make_category(slug="fruit")
    save_brand(slug="hill", name=texts("山里", "山裡", "Hill"), now=NOON)


def row(
    handle,
    sku,
    *,
    title="蜂蜜",
    price="59.00",
    pieces="",
    status="draft",
    option="",
    vendor="hill",
    kind="fruit",
    **other,
):
    named = "规格" if option else ""
    compare, image = other.get("compare", ""), other.get("image", "")
    return (
        f"{handle},{title},{title},{title},<p>好</p>,{vendor},{kind},{named},{option},"
        f"{sku},{pieces},{price},{compare},{image},{status}"
    )


def reasons(table):
    return list(ImportProblem.objects.filter(table=table).values_list("row_number", "reason"))


def test_a_product_with_two_variants_lands_with_its_first_prices(grower, shop):
    table = hand_in(
        [
            row("honey", "jar-s", option="小"),
            row("honey", "jar-l", title="", price="99.00", option="大", kind="", vendor=""),
        ],
        owner_id=grower.id,
    )

    product = Product.objects.get(slug="honey")
    assert (table.state, table.made_count, table.refused_rows) == ("DONE", 1, 0)
    assert product.price_minor == 5900
    assert product.description["zh-Hans"] == "好"
    assert PriceChange.objects.filter(product=product).count() == 2
    assert ProductRevision.objects.get(product=product).state == "DRAFT"


def test_a_product_whose_one_row_is_bad_does_not_land_half(grower, shop):
    table = hand_in(
        [
            row("honey", "jar-s", option="小"),
            row("honey", "jar-l", price="-3", option="大"),
            row("jam", "jam"),
        ],
        owner_id=grower.id,
    )

    assert not Product.objects.filter(slug="honey").exists()
    assert not Variant.objects.filter(sku__startswith="jar").exists()
    assert Product.objects.filter(slug="jam").exists()
    assert reasons(table) == [(2, "other_row"), (3, "price")]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row("Honey Jar", "jar"), "handle"),
        (row("honey", "jar", title=""), "title"),
        (row("honey", "jar", kind="nowhere"), "category"),
        (row("honey", "jar", vendor="nobody"), "brand"),
        (row("honey", "jar", price="1.234"), "price"),
        (row("honey", "jar", price="0"), "price"),
        (row("honey", "jar", price="9999999999"), "price"),
        (row("honey", "jar", pieces="-1"), "stock"),
        (row("honey", "jar", pieces="1e3"), "stock"),
        (row("honey", "jar", compare="80.00"), "compare_at"),
        (row("honey", "", price="5.00"), "sku"),
        (row("honey", "taken-0"), "sku_taken"),
        (row("honey", "jar", status="sold"), "status"),
        (row("honey", "jar", image="https://elsewhere.example/a.jpg"), "picture"),
        (row("honey", "jar") + ",more", "columns"),
    ],
)
def test_a_bad_row_comes_back_with_its_reason(grower, shop, bad, reason):
    make_product(slug="taken")

    table = hand_in([bad], owner_id=grower.id)

    assert reasons(table) == [(2, reason)]
    assert Product.objects.count() == 1


def test_the_same_table_sent_again_changes_nothing(grower, shop):
    picture = make_picture()
    lines = [
        row(
            "honey",
            "jar",
            pieces="7",
            image=f"/media/pictures/{picture.sha256[:2]}/{picture.sha256}-640.webp",
            status="active",
        ),
        row("jam", "jam", pieces="3"),
    ]
    hand_in(lines, owner_id=grower.id)
    before = (
        list(Product.objects.values()),
        list(Variant.objects.values()),
        list(ProductRevision.objects.values()),
        OutboxEvent.objects.filter(name="VariantStockImported").count(),
    )

    again = hand_in(lines, owner_id=grower.id)

    assert (again.made_count, again.changed_count, again.unchanged_count, again.refused_rows) == (0, 0, 2, 0)
    assert before == (
        list(Product.objects.values()),
        list(Variant.objects.values()),
        list(ProductRevision.objects.values()),
        OutboxEvent.objects.filter(name="VariantStockImported").count(),
    )


def test_what_is_complete_and_active_waits_for_its_first_check(grower, shop):
    picture = make_picture()
    address = f"https://shop.example/media/pictures/{picture.sha256[:2]}/{picture.sha256}-640.webp"

    hand_in([row("honey", "jar", image=address, status="active")], owner_id=grower.id)

    assert ProductRevision.objects.get().state == "FIRST_CHECK"
    assert Product.objects.get().state == "DRAFT"


def test_a_price_of_a_product_on_the_shelf_changes_at_once_and_its_words_after_review(grower, shop):
    product = make_product(slug="honey", category=make_category(slug="jars"))

    hand_in(
        [row("honey", "honey-0", price="49.00", kind="", vendor="", option="第 0 款").replace("规格", "组合")],
        owner_id=grower.id,
    )

    product.refresh_from_db()
    assert product.price_minor == 4900
    assert "多肉小院" in product.title["zh-Hans"]
    assert ProductRevision.objects.get(product=product).content["title"]["zh-Hans"] == "蜂蜜"


def test_rows_of_one_product_that_are_torn_apart_do_not_land(grower, shop):
    table = hand_in(
        [row("honey", "jar-s", option="小"), row("jam", "jam"), row("honey", "jar-l", option="大")], owner_id=grower.id
    )

    assert list(Product.objects.values_list("slug", flat=True)) == ["jam"]
    assert reasons(table) == [(2, "split"), (4, "split")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_every_encoding_that_spreadsheets_save_is_read(grower, shop, encoding):
    hand_in([row("honey", "jar", title="云南蜂蜜")], owner_id=grower.id, encoding=encoding)

    assert Product.objects.get().title["zh-Hans"] == "云南蜂蜜"


def test_stock_is_told_and_set_by_those_who_keep_it(grower, shop, deliver_outbox):
    hand_in([row("honey", "jar", pieces="12")], owner_id=grower.id)

    told = OutboxEvent.objects.get(name="VariantStockImported").payload
    assert (told["skus"], told["quantities"]) == (["jar"], [12])
    assert available_of([Variant.objects.get(sku="jar").pk]) == {Variant.objects.get(sku="jar").pk: 12}


def test_many_pieces_land_like_one(grower, shop, monkeypatch):
    monkeypatch.setattr("backend.catalogue.actions.imports.PIECE_PRODUCTS", 2)

    table = hand_in(
        [row(f"honey-{place}", f"jar-{place}", price="x" if place == 3 else "5.00") for place in range(7)],
        owner_id=grower.id,
    )

    assert (table.state, table.made_count, table.read_rows) == ("DONE", 6, 7)
    assert reasons(table) == [(5, "price")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"Name,Price\nx,1\n", "header"),
        (b"Handle,Title,Variant Price\n" + b"\xff\xff\xff,\xff,1\n", "encoding"),
        (b"Handle,Title,Variant Price\n", "empty"),
        (b"Handle,Handle,Title,Variant Price\nx,x,x,1\n", "header"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_whole(grower, content, reason):
    file = make_file(content, owner_id=grower.id)

    with pytest.raises(TableRefused) as refusal:
        import_catalogue(file_id=file.id, file_name="x.csv", owner_id=grower.id, now=NOON)

    assert refusal.value.reason == TABLE_REASONS[reason]
    assert not CatalogueImport.objects.exists()


def test_only_ones_own_table_is_read(grower):
    other = make_grower("Gus")
    table, document = make_file(b"Handle,Title\n", owner_id=other.id), make_file(PDF, owner_id=grower.id)

    for file in (table, document):
        with pytest.raises(NotFound):
            import_catalogue(file_id=file.id, file_name="x.csv", owner_id=grower.id, now=NOON)
