"""What is kept of a search, for whom, and how it is thrown away."""

from datetime import timedelta

import pytest

from backend.core import privacy
from backend.search.actions.hot import choose_hot_words
from backend.search.actions.remembering import (
    forget_old_searches,
    forget_searches,
    note_opening,
    note_search,
    set_search_habit,
)
from backend.search.models import HotWords, KeptSearch, Look, SearchQuery
from backend.search.selectors.suggesting import kept_searches, suggestions
from tests.factories.accounts import make_person
from tests.factories.catalogue import NOON


def search(words, *, person=None, visitor=None, locale="zh-Hans", at=NOON):
    note_search(words=words, locale=locale, person_id=person and person.pk, visitor=visitor, now=at)


def test_a_history_is_kept_once_per_text_for_the_person_alone(shop):
    bob, carol = make_person(), make_person()
    for hours, words in enumerate(("灯", "草莓", "灯")):
        search(words, person=bob, at=NOON + timedelta(hours=hours))

    assert kept_searches(person_id=bob.pk) == ["灯", "草莓"]
    assert kept_searches(person_id=carol.pk) == []


def test_the_shop_keeps_no_name(shop):
    bob = make_person()
    search("灯", person=bob)
    search("灯", person=bob, at=NOON + timedelta(days=8))

    first, later = SearchQuery.objects.order_by("at")
    assert str(bob.pk) not in first.someone
    assert first.someone != later.someone


def test_switching_the_history_off_deletes_it_and_keeps_none(shop):
    bob = make_person()
    search("灯", person=bob)

    set_search_habit(person_id=bob.pk, keeps_history=False, now=NOON)
    search("草莓", person=bob)

    assert not KeptSearch.objects.exists()
    assert SearchQuery.objects.count() == 2


def test_one_line_or_all_of_a_history_can_be_forgotten(shop):
    bob = make_person()
    for words in ("灯", "草莓", "围巾"):
        search(words, person=bob)

    forget_searches(person_id=bob.pk, words="草莓")
    left = kept_searches(person_id=bob.pk)
    forget_searches(person_id=bob.pk)

    assert set(left) == {"灯", "围巾"}
    assert kept_searches(person_id=bob.pk) == []


@pytest.mark.parametrize(("people", "is_hot"), [(4, False), (5, True)])
def test_a_search_is_hot_when_enough_different_people_made_it(shop, people, is_hot):
    for number in range(people):
        search("草莓", visitor=f"visitor-{number}")
    for _ in range(20):
        search("苹果", visitor="one-loud-visitor")

    choose_hot_words(now=NOON)

    assert [each.words for each in HotWords.objects.all()] == (["草莓"] if is_hot else [])


def test_what_was_not_found_is_never_hot(shop):
    for number in range(9):
        search("xyzzyqq", visitor=f"visitor-{number}")

    choose_hot_words(now=NOON)

    assert not HotWords.objects.exists()


def test_old_lines_are_deleted_after_ninety_days(shop):
    search("灯", visitor="somebody")

    assert forget_old_searches(now=NOON + timedelta(days=89)) == 0
    assert forget_old_searches(now=NOON + timedelta(days=90)) == 1


def test_an_opened_find_is_noted_at_the_search_and_for_the_person(shop):
    bob = make_person()
    search("灯", person=bob)

    note_opening(words="灯", product_id=shop["lantern"].pk, person_id=bob.pk, visitor=None, now=NOON)

    assert SearchQuery.objects.get().opened_id == shop["lantern"].pk
    assert Look.objects.get().product_id == shop["lantern"].pk


def test_a_person_can_have_everything_handed_out_and_erased(shop):
    bob = make_person()
    search("灯", person=bob)
    note_opening(words="灯", product_id=shop["lantern"].pk, person_id=bob.pk, visitor=None, now=NOON)

    exported = privacy.export_person(user_id=bob.pk)["search"]
    privacy.erase_person(user_id=bob.pk, now=NOON)

    assert [each["words"] for each in exported["history"]] == ["灯"]
    assert not KeptSearch.objects.exists()
    assert not Look.objects.exists()


def test_suggestions_begin_with_ones_own_and_go_on_with_words_and_products(shop):
    bob = make_person()
    search("草莓味的灯", person=bob)

    own = suggestions(prefix="草", locale="zh-Hans", person_id=bob.pk)
    typed_in_pinyin = suggestions(prefix="lianyi", locale="zh-Hans", person_id=None)

    assert (own[0].kind, own[0].text) == ("HISTORY", "草莓味的灯")
    assert ("WORDS", "草莓") in [(each.kind, each.text) for each in own]
    assert own[-1].product_id == shop["strawberries"].pk
    assert "连衣裙" in [each.text for each in typed_in_pinyin]
    assert suggestions(prefix="  ", locale="zh-Hans", person_id=bob.pk) == []
