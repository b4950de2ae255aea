"""What search may refuse."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class SynonymUnreadable(DomainError):
    """A line of synonyms does not say what means the same as what."""

    message = _("Write two words or more, as in “sofa = armchair” or “sofa > chair, stool”.")


class NeedUnreadable(DomainError):
    """A need says nothing, is answered by nothing, or holds something too short or too long."""

    message = _("Write a way to say it, of two signs or more, and a word or shelf that answers it.")


class PlacementForNothing(DomainError):
    """A placement names neither words nor a shelf."""

    message = _("Say for which words it is shown, or choose a shelf.")


class PlacementTimeWrong(DomainError):
    """A placement ends before it begins, has ended already, or lasts longer than a year."""

    message = _("Choose an end that lies ahead, after the start and within a year.")
