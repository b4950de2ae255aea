"""What may be refused around contests."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class ContestClosed(DomainError):
    """Entries and votes are not taken now."""

    message = _("This contest takes no entries and votes now. Look at the others in the circles.")


class EnteredAlready(DomainError):
    """The person, or the post, takes part already."""

    message = _("You take part already, with one post in each contest.")


class EntryNotFitting(DomainError):
    """The post does not fulfil what the contest asks for."""

    message = _("This post cannot take part: it needs a picture and has to stand in the circle of the contest.")
    field = "postId"


class PurchaseNeeded(DomainError):
    """The contest is for people who bought what they show."""

    message = _("This contest is for things you bought here and kept. Name the product in your post.")
    field = "postId"


class NoVoteForOneself(DomainError):
    """Nobody votes for the own entry."""

    message = _("You cannot vote for your own entry. Share it, so that others do.")


class VoterTooNew(DomainError):
    """The account is younger than the contest."""

    message = _("Your account came after this contest began, so it has no vote here. You can still take part.")
