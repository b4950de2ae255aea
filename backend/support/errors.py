"""What help may refuse."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class ArticleChanged(DomainError):
    """Somebody else saved the article meanwhile."""

    message = _("Somebody else saved this article meanwhile. Reload it, then make your changes again.")


class SlugTaken(DomainError):
    """Another article has this address."""

    message = _("Another article has this address already. Choose another one.")
    field = "slug"


class TooManyTickets(DomainError):
    """So many questions of one person wait at once."""

    message = _("You have %(most)s open questions already. Add to one of them, or wait for an answer.")
    most: int


class TicketClosed(DomainError):
    """Nothing more is said in a closed ticket."""

    message = _("This question is closed. Ask a new one; we see the old one beside it.")


class OwnTicket(DomainError):
    """Nobody answers oneself."""

    message = _("This is your own question. Leave it to a colleague.")


class NotAnsweredYet(DomainError):
    """There is nothing to judge yet."""

    message = _("There is no answer yet. Tell us how it was once there is one.")


class RatedAlready(DomainError):
    """Once for one question."""

    message = _("You have told us how it was already. Thank you.")


class NotASuggestion(DomainError):
    """Only suggestions are adopted."""

    message = _("Only a suggestion can be adopted. Answer this one instead.")
