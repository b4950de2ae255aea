"""A review with a video: waiting for its author, shown when ready, looked at by moderators, gone with its author."""

import pytest

from backend.core.ids import new_id
from backend.core.videos.events import VideoFinished
from backend.core.videos.models import Video, VideoState
from backend.messaging.models import Notification
from community.moderation.ports import moderatable
from community.reviews import actions, handlers, selectors
from community.reviews.errors import ReviewVideoMissing
from community.reviews.models import Review, ReviewEdit
from community.reviews.privacy import ReviewPrivacy
from tests.factories.catalogue import make_product
from tests.factories.orders import make_buyer
from tests.factories.reviews import WORDS, WRITTEN, make_received_line, make_review, make_video

pytestmark = pytest.mark.django_db


def page(product, *, viewer=None, **wanted):
    viewer_id = viewer.id if viewer else None
    return selectors.reviews_page(
        product_id=product.pk, viewer_id=viewer_id, wanted=wanted, sort="USEFUL", first=10, after=None
    ).nodes


def test_a_buyer_shows_a_video_and_it_makes_the_review_more_useful():
    bob, product = make_buyer("Bob"), make_product()
    plain = make_review(product=product)

    shown = make_review(author=bob, product=product, body="锅很重，炒菜不粘，手柄不烫。", video_id=make_video(bob).pk)

    assert [each.pk for each in page(product)] == [shown.pk, plain.pk]
    assert [each.pk for each in page(product, with_video=True)] == [shown.pk]
    assert selectors.standing_of(product.pk).videos == 1


@pytest.mark.parametrize("whose", ["nobody", "somebody else", "refused"])
def test_a_video_that_is_not_ones_own_or_could_not_be_made_is_refused(whose):
    bob = make_buyer("Bob")
    videos = {
        "nobody": new_id,
        "somebody else": lambda: make_video(make_buyer("Carol")).pk,
        "refused": lambda: make_video(bob, state=VideoState.REFUSED).pk,
    }
    line = make_received_line(buyer=bob)

    with pytest.raises(ReviewVideoMissing):
        make_review(author=bob, line=line, video_id=videos[whose]())

    assert not Review.objects.exists()


def test_a_video_that_is_not_ready_is_not_counted_yet():
    bob, product = make_buyer("Bob"), make_product()

    make_review(author=bob, product=product, video_id=make_video(bob, state=VideoState.WAITING).pk)

    assert page(product, with_video=True) == []
    assert selectors.standing_of(product.pk).videos == 0


def test_a_change_takes_the_video_out_and_keeps_what_it_was():
    bob = make_buyer("Bob")
    video = make_video(bob)
    review = make_review(author=bob, video_id=video.pk)

    actions.edit_review(review_id=review.pk, author_id=bob.id, stars=4, body=WORDS, now=WRITTEN)

    assert Review.objects.get().video is None
    assert ReviewEdit.objects.get().video_id == video.pk


def test_an_author_learns_why_a_video_could_not_be_prepared():
    bob = make_buyer("Bob")
    video = make_video(bob, state=VideoState.WAITING)
    make_review(author=bob, video_id=video.pk)

    handlers.tell_of_video(
        VideoFinished(video_id=video.pk, owner_id=bob.id, is_ready=False, problem="too_long", at=WRITTEN)
    )

    told = Notification.objects.get(kind="review_video_refused")
    assert told.user_id == bob.id
    assert "60 秒" in told.params["reason"]["zh-Hans"]


def test_a_moderator_sees_the_video_that_was_reported():
    bob = make_buyer("Bob")
    video = make_video(bob)
    review = make_review(author=bob, video_id=video.pk)

    subject = moderatable("REVIEW").subject(review.pk)

    assert subject.video_id == video.pk


def test_the_video_of_a_person_who_leaves_goes_and_the_words_stay():
    bob = make_buyer("Bob")
    first, second = make_video(bob), make_video(bob)
    review = make_review(author=bob, video_id=first.pk)
    actions.edit_review(review_id=review.pk, author_id=bob.id, stars=4, body=WORDS, video_id=second.pk, now=WRITTEN)
    assert ReviewPrivacy().export(user_id=bob.id)["reviews"][0]["video_id"] == second.pk

    ReviewPrivacy().erase(user_id=bob.id, now=WRITTEN)

    assert not Video.objects.exists()
    assert (Review.objects.get().video, Review.objects.get().body) == (None, WORDS)
