"""What people are told about reviews, questions and answers."""

from django.utils.translation import gettext_lazy as _

from backend.messaging.kinds import register_kind


def register_notices() -> None:
    """Say how each kind reads."""
    register_kind(
        "review_held",
        title=_("Your review waits for a moderator"),
        body=_("“%(product)s”: %(reasons)s. A person looks at it soon; until then only you see it."),
    )
    register_kind(
        "review_answered",
        title=_("The shop answered your review"),
        body=_("“%(product)s”: open your review to read the answer."),
    )
    register_kind(
        "review_video_refused",
        title=_("Your video could not be prepared"),
        body=_("“%(product)s”: %(reason)s The words of your review are shown without it."),
    )
    register_kind(
        "question_invited",
        title=_("Somebody asks about what you bought"),
        body=_("“%(product)s”: %(question)s You have it at home. Can you help?"),
    )
    register_kind(
        "question_answered",
        title=_("%(person)s answered your question"),
        body=_("%(answer)s"),
        body_for_many=_("%(person)s and %(others_count)s others answered your question."),
    )
    register_kind(
        "answer_accepted",
        title=_("Your answer helped"),
        body=_("The asker chose your answer. The points for it are on their way."),
    )
    register_kind(
        "answer_solved",
        title=_("Your answer solved somebody's problem"),
        body=_("Another owner says that nothing needs to be sent back now. Thank you."),
    )
