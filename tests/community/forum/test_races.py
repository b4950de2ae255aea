"""Many people like one post at once."""

import time

from django.db.models import F

from community.forum import actions
from community.forum.models import Post, PostLike
from tests.factories.catalogue import NOON
from tests.factories.community import make_post
from tests.factories.membership import make_person
from tests.support.races import all_at_once

MANY = 12


def test_no_like_is_lost_or_counted_twice(fresh_database):
    post = make_post(make_person("Ali"))
    people = [make_person(f"Fan{number}") for number in range(MANY)]

    outcome = all_at_once(MANY, lambda me: actions.like_post(post_id=post.id, user_id=people[me].id, now=NOON))

    assert outcome.raised == []
    assert Post.objects.get().likes_count == PostLike.objects.count() == MANY


def test_control_counting_without_holding_the_post_loses_likes(fresh_database):
    post = make_post(make_person("Ali"))
    people = [make_person(f"Fan{number}") for number in range(MANY)]

    def count_then_write(me):
        PostLike.objects.create(post=post, user=people[me], at=NOON)
        counted = Post.objects.get().likes_count
        time.sleep(0.05)
        Post.objects.filter(pk=post.id).update(likes_count=F("likes_count") * 0 + counted + 1)

    all_at_once(MANY, count_then_write)

    assert Post.objects.get().likes_count < MANY
