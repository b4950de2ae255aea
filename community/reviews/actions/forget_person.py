"""Make what a person wrote nameless."""

from uuid import UUID

from django.db import transaction

from backend.core.videos.forgetting import forget_videos
from community.reviews.actions.find_helpful import forget_votes
from community.reviews.actions.mark_solved import forget_marks
from community.reviews.models import QuestionInvite, Review, ReviewEdit


@transaction.atomic
def forget_person(*, user_id: UUID) -> None:
    """Show a person's reviews without a name, and forget videos, votes and invitations; the words stay for the others.

    A video has a voice and often a face, so unlike the words it goes.
    """
    own = Review.objects.filter(author_id=user_id)
    shown = own.filter(video__isnull=False).values_list("video_id", flat=True)
    before = ReviewEdit.objects.filter(review__in=own, video_id__isnull=False).values_list("video_id", flat=True)
    video_ids = {*shown, *before}
    own.update(video=None, is_anonymous=True)
    forget_videos(video_ids={each for each in video_ids if each is not None})
    forget_marks(user_id=user_id)
    QuestionInvite.objects.filter(user_id=user_id).delete()
    forget_votes(user_id=user_id)
