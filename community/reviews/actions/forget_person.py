"""Make what a person wrote nameless."""

from uuid import UUID

from django.db import transaction

from community.reviews.actions.find_helpful import forget_votes
from community.reviews.models import QuestionInvite, Review


@transaction.atomic
def forget_person(*, user_id: UUID) -> None:
    """Show a person's reviews without a name, and forget votes and invitations; the words stay for the others."""
    Review.objects.filter(author_id=user_id).update(is_anonymous=True)
    QuestionInvite.objects.filter(user_id=user_id).delete()
    forget_votes(user_id=user_id)
