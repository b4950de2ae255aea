"""A question typed into search is answered by the right article, and goods are left alone."""

import json

import pytest

from backend.core.embedded.places import PROJECT
from backend.core.languages import LOCALES
from backend.search.actions.indexing import index_everything
from backend.support.selectors.articles import found_articles, sure_answers
from tests.search.goods import MORNING, put_up_goods
from tests.support_centre.quality import judge, judged_questions

FIRST_ARTICLES = PROJECT / "backend/support/migrations/first_articles.json"
LEAST_ANSWERED, MOST_WRONG, LEAST_SILENT = 0.90, 0.05, 0.95


def slugs(words):
    return [article.slug for article in sure_answers(words=words, now=MORNING)]


@pytest.mark.slow
def test_the_judged_questions_are_answered_well_enough_beside_all_goods(db):
    put_up_goods()
    index_everything()

    questions = judged_questions()

    for is_held_out in (False, True):
        result = judge([each for each in questions if each.is_held_out == is_held_out], slugs)
        assert result.answered >= LEAST_ANSWERED
        assert result.wrong <= MOST_WRONG
        assert result.silent_on_goods >= LEAST_SILENT


def test_every_article_is_asked_for_by_somebody():
    asked = {slug for question in judged_questions() for slug in question.answers}

    assert asked == {article["slug"] for article in json.loads(FIRST_ARTICLES.read_text(encoding="utf-8"))}


def test_every_article_is_whole_in_three_languages():
    for article in json.loads(FIRST_ARTICLES.read_text(encoding="utf-8")):
        for part in ("title", "body", "phrases"):
            assert all(article[part][locale] for locale in LOCALES), article["slug"]
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in article["title"]["en"])


def test_looking_for_a_word_brings_what_is_asked_for_so_before_what_only_mentions_it(db):
    index_everything()

    found = [article.slug for article in found_articles(words="運費", now=MORNING)]

    assert found[0] == "shipping-fee"
    assert len(found) > 1
