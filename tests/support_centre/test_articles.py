"""Articles: versions that stay, votes that count once, and the index that follows."""

import dataclasses
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from backend.core.errors import InvalidInput, NotFound
from backend.core.outbox.models import OutboxEvent
from backend.support import actions, errors
from backend.support.models import HelpArticle, HelpRevision, HelpVote
from backend.support.selectors.articles import found_articles, sure_answers, visible_article
from tests.factories.accounts import make_person
from tests.factories.promotions import this_moment

TEXT = actions.ArticleText(
    slug="gift-wrapping",
    section="ORDERS",
    way="ORDERS",
    title={"zh-Hans": "礼品包装", "zh-Hant": "禮品包裝", "en": "Gift wrapping"},
    body={"zh-Hans": "结算时可以选礼品包装。", "zh-Hant": "結帳時可以選禮品包裝。", "en": "Choose it at checkout."},
    phrases={"zh-Hans": ["怎么包装成礼物", " "], "en": ["wrap it as a gift"]},
    is_published=True,
)


def save(text=TEXT, *, article_id=None, seen_version=None, editor=None):
    editor = editor or make_person("Editor", roles=("support",))
    return actions.save_article(
        article_id=article_id, seen_version=seen_version, text=text, editor_id=editor.id, now=this_moment()
    )


def test_an_article_is_found_after_its_event_and_gone_after_it_is_hidden(db, deliver_outbox):
    article = save()
    assert not sure_answers(words="怎么包装成礼物", now=this_moment())

    deliver_outbox()

    assert [each.slug for each in sure_answers(words="怎么包装成礼物", now=this_moment())] == ["gift-wrapping"]
    save(dataclasses.replace(TEXT, is_published=False), article_id=article.id, seen_version=1)
    deliver_outbox()
    assert "gift-wrapping" not in [each.slug for each in found_articles(words="礼品包装", now=this_moment())]
    with pytest.raises(NotFound):
        visible_article(slug="gift-wrapping")


def test_each_saving_is_a_version_and_the_old_ones_stay(db):
    article = save()

    changed = save(
        dataclasses.replace(TEXT, title={**TEXT.title, "en": "Wrapping a gift"}), article_id=article.id, seen_version=1
    )

    kept = list(HelpRevision.objects.filter(article=article).order_by("version").values_list("version", "title__en"))
    assert (changed.version, kept) == (2, [(1, "Gift wrapping"), (2, "Wrapping a gift")])
    with pytest.raises(IntegrityError), transaction.atomic():
        HelpRevision.objects.filter(article=article).update(version=9)


def test_who_saves_over_another_is_told_and_nothing_is_written(db):
    article, editor = save(), make_person("Another", roles=("support",))
    save(article_id=article.id, seen_version=1)
    before = OutboxEvent.objects.count()

    with pytest.raises(errors.ArticleChanged):
        save(article_id=article.id, seen_version=1, editor=editor)

    assert HelpArticle.objects.get(pk=article.id).version == 2
    assert OutboxEvent.objects.count() == before


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"slug": "return"}, errors.SlugTaken),
        ({"slug": "No Slug"}, InvalidInput),
        ({"section": "NOWHERE"}, InvalidInput),
        ({"way": "NOWHERE"}, InvalidInput),
        ({"title": {"en": "Only one"}}, InvalidInput),
        ({"phrases": {"en": ["x" * 61]}}, InvalidInput),
    ],
)
def test_an_article_that_cannot_be_shown_is_refused(db, changes, refusal):
    count = HelpArticle.objects.count()

    with pytest.raises(refusal):
        save(dataclasses.replace(TEXT, **changes))

    assert HelpArticle.objects.count() == count


def test_a_reader_counts_once_and_may_change_their_mind(db):
    article = HelpArticle.objects.get(slug="return")

    for is_helpful in (True, True, False):
        article = actions.rate_article(
            article_id=article.id, voter="a-browser", is_helpful=is_helpful, now=this_moment() + timedelta(seconds=1)
        )

    assert (article.helpful_count, article.unhelpful_count) == (0, 1)
    assert HelpVote.objects.filter(article=article).count() == 1


def test_nobody_without_a_name_counts(db):
    article = HelpArticle.objects.get(slug="return")

    with pytest.raises(InvalidInput):
        actions.rate_article(article_id=article.id, voter="", is_helpful=True, now=this_moment())

    assert not HelpVote.objects.exists()
