"""The index follows the shelf."""

from django.core.management import call_command

from backend.catalogue.actions import change_price, retire_product
from backend.catalogue.models import Product
from backend.search.actions.indexing import count_words, index_everything, index_subjects
from backend.search.models import SearchDocument, SearchWord
from tests.factories.catalogue import NOON, make_product, texts


def test_a_product_is_found_once_its_event_is_delivered_and_gone_when_it_leaves(db, deliver_outbox):
    product = make_product(title=texts("挂耳咖啡", None, "Drip coffee"))
    before = SearchDocument.objects.count()
    deliver_outbox()
    during = SearchDocument.objects.filter(subject_id=product.pk).count()

    retire_product(product_id=product.pk, now=NOON)
    deliver_outbox()

    assert (before, during, SearchDocument.objects.count()) == (0, 1, 0)


def test_a_changed_price_reaches_the_index(db, deliver_outbox):
    product = make_product(price_minor=5000)
    deliver_outbox()

    change_price(variant_id=product.variants.get().pk, price_minor=4000, now=NOON)
    deliver_outbox()

    assert SearchDocument.objects.get(subject_id=product.pk).price_minor == 4000


def test_indexing_twice_changes_nothing(db):
    product = make_product()
    index_subjects(kind="product", subject_ids=[product.pk])
    first = SearchDocument.objects.values().get(subject_id=product.pk)

    index_subjects(kind="product", subject_ids=[product.pk])

    assert SearchDocument.objects.values().get(subject_id=product.pk) == first


def test_a_draft_is_not_in_the_index(db):
    make_product(published=False)

    index_everything()

    assert not SearchDocument.objects.filter(kind="product").exists()


def test_reindex_builds_everything_anew_and_forgets_what_is_gone(db, capsys):
    gone = make_product(title=texts("榴莲", None, "Durian"))
    index_everything()
    Product.objects.filter(pk=gone.pk).update(state="RETIRED")
    make_product(title=texts("苹果", None, "Apples"))

    call_command("reindex")

    assert "things can be found" in capsys.readouterr().out
    assert SearchDocument.objects.filter(kind="product").count() == 1
    assert not SearchWord.objects.filter(word="榴莲").exists()
    assert SearchWord.objects.get(word="苹果").sound == "pingguo"


def test_words_are_counted_by_documents(db):
    for _ in range(3):
        make_product(title=texts("苹果", "蘋果", "Apples"))
    index_everything()

    count_words()

    word = SearchWord.objects.get(word="苹果")
    assert (word.documents_count, word.shown_hans, word.shown_hant) == (3, "苹果", "蘋果")
    assert SearchWord.objects.get(word="apples").documents_count == 3
