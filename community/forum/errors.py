"""What may be refused in the forum."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class PostingTooFast(DomainError):
    """Somebody writes more than the hourly limit."""

    message = _("That was a lot in one hour. Your draft is kept; try again a little later.")


class PictureNotYours(DomainError):
    """A post names a picture that its author did not upload."""

    message = _("One of the pictures is no longer there. Upload it again.")
    field = "pictureIds"


class TopicUnknown(DomainError):
    """A post names a topic that does not exist."""

    message = _("This topic no longer exists. Choose another one.")
    field = "topic"


class CommentsClosed(DomainError):
    """The post cannot be answered now."""

    message = _("This post cannot be answered now. You can still write a post of your own.")
