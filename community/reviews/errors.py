"""What may be refused in reviews, questions and answers."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class NotReceived(DomainError):
    """A review of something whose parcel has not arrived."""

    message = _("You can review this once your parcel has arrived.")


class ReviewedAlready(DomainError):
    """A second review of the same order line."""

    message = _("You have reviewed this already. You can add to it on its page.")


class ReviewTooLate(DomainError):
    """The time for it is over."""

    message = _("The time for this is over. You can still write a post about it in the circles.")


class AppendedAlready(DomainError):
    """A second addition."""

    message = _("You have added to this review already. Customer service helps if something is wrong.")


class OwnReview(DomainError):
    """Finding one's own words helpful."""

    message = _("These are your own words; others decide whether they help.")


class ReviewPictureMissing(DomainError):
    """A review names a picture that its author did not upload."""

    message = _("One of the pictures is no longer there. Upload it again.")
    field = "pictureIds"


class ReviewVideoMissing(DomainError):
    """A review names a video that its author did not upload, or that could not be prepared."""

    message = _("The video is no longer there, or it could not be prepared. Send it again.")
    field = "videoId"


class WritingTooFast(DomainError):
    """Somebody writes more than the hourly limit."""

    message = _("That was a lot in one hour. Your words are kept; try again a little later.")


class OnlyBuyersAnswer(DomainError):
    """An answer of somebody who has not received the product."""

    message = _("People who have received the product can answer here. You can ask a question of your own.")


class AnsweredAlready(DomainError):
    """A second answer of one person to one question."""

    message = _("You have answered this already. Delete your answer to write another one.")
