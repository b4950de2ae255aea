"""Search learns from what five people search for next, never from one; the staff have the last word."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from backend.core.errors import NotFound
from backend.search.actions import learning
from backend.search.actions.associating import fix_association, rule_association
from backend.search.actions.learning import learn_order, note_deed, switch_learning
from backend.search.actions.remembering import forget_person, note_opening, note_search
from backend.search.models import Association, AssociationRuling, Deed, SearchOpening, SearchQuery, Synonym
from backend.search.rules.associating import Turn, is_meant
from backend.search.selectors.answering import Viewpoint, search_answer
from backend.search.selectors.associating import association_rows, listed_associations
from backend.search.selectors.finding import Asked, finds
from tests.factories.accounts import make_grower, make_person
from tests.factories.catalogue import NOON
from tests.support.races import all_at_once

WORDS, MEANT = "宅家神器", "吊灯"


def search(words, visitor, *, at=NOON, person=None):
    note_search(words=words, locale="zh-Hans", person_id=person, visitor=visitor, now=at)


def turn(shop, visitor, *, at=NOON, words=WORDS, meant=MEANT, product="pendant", person=None):
    """Somebody gives up on some words, searches for others a minute later and opens what he finds."""
    search(words, visitor, at=at, person=person)
    later = at + timedelta(minutes=1)
    search(meant, visitor, at=later, person=person)
    note_opening(words=meant, product_id=shop[product].pk, person_id=person, visitor=visitor, now=later)


def many_turn(shop, *, people=5, **other):
    for number in range(people):
        turn(shop, f"visitor-{number}", **other)


def learn(at=NOON):
    learn_order(now=at + timedelta(hours=1))


def found(shop, text=WORDS, **asked):
    answer = finds(text=text, asked=Asked(**asked), now=NOON)
    slugs = {product.pk: slug for slug, product in shop.items()}
    return [slugs[each] for each in answer.ids], answer


def test_five_people_who_searched_for_the_same_next_teach_it_and_it_is_said(shop):
    before, _answer = found(shop)

    many_turn(shop)
    learn()

    slugs, answer = found(shop)
    said = search_answer(text=WORDS, asked=Asked(), seen_by=Viewpoint("zh-Hant", None), now=NOON)
    assert "pendant" not in before[:1]
    assert (slugs, answer.help, answer.exact_count) == (["pendant"], "LEARNT", 0)
    assert said["also_for"] == ["吊燈"]


def test_one_person_five_times_teaches_nothing_in_one_week_or_in_five(shop):
    for number in range(5):
        turn(shop, "mallory", at=NOON - timedelta(hours=number))
        turn(shop, "mallory", at=NOON - timedelta(weeks=number))

    learn()

    assert SearchOpening.objects.count() >= 5
    assert not Association.objects.exists()


def test_four_people_are_too_few(shop):
    many_turn(shop, people=4)

    learn()

    assert not Association.objects.exists()


def test_what_is_searched_for_in_another_sitting_says_nothing(shop):
    for number in range(6):
        search(WORDS, f"visitor-{number}", at=NOON - timedelta(hours=2))
        search(MEANT, f"visitor-{number}")
        note_opening(words=MEANT, product_id=shop["pendant"].pk, person_id=None, visitor=f"visitor-{number}", now=NOON)

    learn()

    assert not Association.objects.exists()


def test_who_opened_what_was_found_gave_nothing_up(shop):
    for number in range(6):
        search("围巾", f"visitor-{number}")
        note_opening(words="围巾", product_id=shop["scarf"].pk, person_id=None, visitor=f"visitor-{number}", now=NOON)
        turn(shop, f"visitor-{number}", at=NOON + timedelta(minutes=2), words="围巾")
        SearchQuery.objects.filter(words="围巾").update(opened_id=shop["scarf"].pk)

    learn()

    assert not Association.objects.exists()


def test_what_fits_stands_before_what_was_learnt(shop):
    many_turn(shop, words="围巾")

    learn()

    slugs, answer = found(shop, "围巾")
    assert (slugs, answer.help, answer.exact_count) == (["scarf", "pendant"], "NONE", 1)
    assert found(shop, "围巾", sort="PRICE_ASC")[0] == ["scarf"]
    assert found(shop, "围巾", is_exact=True)[0] == ["scarf"]


def test_lines_of_who_had_himself_forgotten_are_not_used(shop):
    people = [make_person() for _ in range(5)]
    for person in people:
        turn(shop, None, person=person.pk)

    forget_person(person_id=people[0].pk, now=NOON + timedelta(minutes=30))
    learn()

    assert SearchQuery.objects.count() == 8
    assert not Association.objects.exists()


def test_what_nobody_says_any_more_is_given_up(shop):
    many_turn(shop)

    learn(NOON + timedelta(days=20))
    kept = Association.objects.count()
    learn(NOON + timedelta(days=60))

    assert (kept, Association.objects.count()) == (1, 0)


def test_what_works_does_not_fade_because_it_works(shop):
    many_turn(shop)
    learn()
    for number in range(5):
        at = NOON + timedelta(days=30, minutes=number)
        search(WORDS, f"later-{number}", at=at)
        note_opening(words=WORDS, product_id=shop["pendant"].pk, person_id=None, visitor=f"later-{number}", now=at)

    learn(NOON + timedelta(days=60))

    assert Association.objects.get().also == MEANT


def test_the_desk_sees_what_it_rests_on(shop):
    bob = make_person()
    many_turn(shop)
    turn(shop, None, person=bob.pk)
    note_deed(person_id=bob.pk, product_ids=[shop["pendant"].pk], deed=Deed.BOUGHT, now=NOON + timedelta(minutes=5))
    search(WORDS, "gave-up")

    learn()

    (row,) = association_rows(list(listed_associations()))
    assert (row["words"], row["also"], row["state"]) == (WORDS, MEANT, "ON")
    assert (row["people"], row["people_given_up"], row["people_carted"], row["people_bought"]) == (6, 7, 1, 1)


def test_switched_off_by_the_desk_it_stays_off_through_the_night_until_switched_on(shop):
    many_turn(shop)
    learn()
    grower = make_grower().pk

    rule_association(association_id=Association.objects.get().pk, is_on=False, actor_id=grower, now=NOON)
    learn(NOON + timedelta(hours=1))

    assert "pendant" not in found(shop)[0][:1]
    assert association_rows(list(listed_associations()))[0]["state"] == "OFF"
    rule_association(association_id=Association.objects.get().pk, is_on=True, actor_id=grower, now=NOON)
    assert found(shop)[1].help == "LEARNT"


def test_made_a_line_of_synonyms_it_holds_without_anybody(shop):
    many_turn(shop)
    learn()

    fix_association(association_id=Association.objects.get().pk, actor_id=make_grower().pk, now=NOON)
    Association.objects.all().delete()

    slugs, answer = found(shop)
    assert (slugs[0], answer.exact_count, answer.also) == ("pendant", 1, ())
    assert Synonym.objects.get().also == [MEANT]
    assert AssociationRuling.objects.get().ruling == "FIXED"


def test_nobody_rules_over_what_was_not_learnt(db):
    grower = make_grower()

    with pytest.raises(NotFound):
        rule_association(association_id=grower.pk, is_on=False, actor_id=grower.pk, now=NOON)

    assert not AssociationRuling.objects.exists()


def test_with_learning_switched_off_nothing_is_associated(shop):
    many_turn(shop)
    learn()

    switch_learning(is_on=False, actor_id=make_grower().pk, now=NOON)

    assert not Association.objects.exists()


def test_what_everybody_buys_anyway_is_not_what_was_meant():
    facts = {"asked": "a", "also": "b", "people": 10, "weight": 10.0, "given_up": 40, "searchers": 1_000}

    assert is_meant(Turn(**facts, openers=20))
    assert not is_meant(Turn(**facts, openers=400))
    assert not is_meant(Turn(**{**facts, "given_up": 400}, openers=20))
    assert not is_meant(Turn(**{**facts, "also": "a b"}, openers=20))


def test_the_database_keeps_that_five_people_said_it(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        Association.objects.create(
            id=make_person().pk, asked="a", also="b", words="a", also_words="b", weight=1, people=4,
            people_given_up=4, people_carted=0, people_bought=0, last_at=NOON,
        )  # fmt: skip


def committed_turns():
    """Rows as six people leave them, without the index that the race has no need of."""
    for number in range(6):
        gone = SearchQuery(words=WORDS, asked="a", locale="zh-Hans", finds_count=0, someone=f"v{number}", at=NOON)
        next_at = NOON + timedelta(minutes=1)
        opened = SearchQuery(
            words=MEANT, asked="b", locale="zh-Hans", finds_count=1, someone=f"v{number}", at=next_at,
            opened_id=gone.id, shown=[gone.id],
        )  # fmt: skip
        SearchQuery.objects.bulk_create([gone, opened])
        SearchOpening.objects.create(query=opened, product_id=gone.id, place=1, at=next_at)


def test_learning_many_times_at_once_learns_once(fresh_database):
    committed_turns()

    outcome = all_at_once(6, lambda _: learn_order(now=NOON + timedelta(hours=1)))

    assert (outcome.raised, Association.objects.count()) == ([], 1)


def test_control_without_the_lock_two_nights_at_once_collide(fresh_database, monkeypatch):
    committed_turns()
    monkeypatch.setattr(learning, "advisory_lock", lambda *_: None)

    outcome = all_at_once(6, lambda _: learn_order(now=NOON + timedelta(hours=1)))

    assert any(isinstance(each, IntegrityError) for each in outcome.raised)
