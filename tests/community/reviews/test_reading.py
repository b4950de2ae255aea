"""What the words of reviews say: judged by a person first, then measured."""

import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from backend.core.errors import InvalidInput
from community.reviews import actions, selectors
from community.reviews.models import AspectWord, ReviewAspect
from community.reviews.rules.sentiment import Lexicon, read_aspects
from tests.factories.catalogue import make_product
from tests.factories.reviews import WRITTEN, make_review

pytestmark = pytest.mark.django_db

JUDGED = tomllib.loads(Path(__file__).with_name("judged.toml").read_text(encoding="utf-8"))["sentences"]
SIGNS = {"+": 1, "-": -1}
LEAST_PRECISION, LEAST_RECALL = 0.9, 0.9


def expected_of(sentence):
    return {aspect: SIGNS[sign] for aspect, sign in sentence["says"].items()}


def test_the_reader_agrees_with_the_judgements_often_enough():
    lexicon = selectors.lexicon()
    said = right = found = 0
    wrong = []

    for sentence in JUDGED:
        expected, read = expected_of(sentence), read_aspects(sentence["text"], lexicon)
        said, found = said + len(expected), found + len(read)
        right += len(expected.items() & read.items())
        if expected != read:
            wrong.append((sentence["text"], expected, read))

    assert right / found >= LEAST_PRECISION, wrong
    assert right / said >= LEAST_RECALL, wrong


def test_a_negation_turns_a_word_round():
    lexicon = Lexicon({"掉色": ("quality", -1), "质量": ("quality", 0), "好": (None, 1)})

    assert read_aspects("没有掉色", lexicon) == {"quality": 1}
    assert read_aspects("质量不好", lexicon) == {"quality": -1}
    assert read_aspects("质量", lexicon) == {}


def test_a_review_is_read_when_it_is_weighed_and_anew_when_it_changes():
    review = make_review(body="质量很好，物流太慢了。")

    before = dict(ReviewAspect.objects.filter(review=review).values_list("aspect_id", "polarity"))
    actions.append_review(review_id=review.pk, author_id=review.author_id, body="包装完好。", now=WRITTEN)
    actions.weigh_review(review_id=review.pk, now=WRITTEN)

    assert before == {"quality": 1, "delivery": -1}
    assert ReviewAspect.objects.filter(review=review, aspect="packing", polarity=1).exists()


def test_aspects_are_counted_over_the_reviews_of_a_product_and_filter_them():
    product = make_product()
    make_review(product=product, body="质量很好，洗了也没有变形，很满意。")
    make_review(product=product, body="质量太差，第一天就坏了，物流快有什么用。", now=WRITTEN + timedelta(minutes=1))

    counts = {each.key: (each.good, each.bad) for each in selectors.aspect_counts(product.pk)}
    page = selectors.reviews_page(
        product_id=product.pk,
        viewer_id=None,
        wanted={"aspect": "quality", "polarity": -1},
        sort="NEW",
        first=10,
        after=None,
    )

    assert counts["quality"] == (1, 1)
    assert [review.body[:4] for review in page.nodes] == ["质量太差"]


def test_what_is_praised_less_than_before_is_on_the_desk():
    product = make_product()
    for number in range(4):
        make_review(product=product, body=f"质量很好，第{number}次买了，一直{number}放心。", now=WRITTEN)
    later = WRITTEN + timedelta(days=31)
    for number in range(4):
        make_review(product=product, body=f"这次质量很差，{number}天就坏掉，{number}分失望。", now=later)

    fallen = selectors.falling_aspects(now=later + timedelta(days=1))

    assert [(each.key, each.mentions, each.mentions_before, each.share) for each in fallen] == [("quality", 4, 4, 0.0)]


def test_the_desk_changes_the_lexicon():
    actions.save_aspect_word(word="起毛", aspect="quality", polarity=-1, is_kept=True)

    assert read_aspects("一个月就起毛了", selectors.lexicon()) == {"quality": -1}
    actions.save_aspect_word(word="起毛", aspect=None, polarity=1, is_kept=False)
    assert not AspectWord.objects.filter(word="起毛").exists()


@pytest.mark.parametrize(
    ("word", "aspect", "polarity"),
    [("", "quality", 1), ("长" * 31, "quality", 1), ("词", "nothing", 1), ("词", None, 0), ("词", "quality", 2)],
)
def test_a_word_that_says_nothing_is_refused(word, aspect, polarity):
    count = AspectWord.objects.count()

    with pytest.raises(InvalidInput):
        actions.save_aspect_word(word=word, aspect=aspect, polarity=polarity, is_kept=True)

    assert AspectWord.objects.count() == count
