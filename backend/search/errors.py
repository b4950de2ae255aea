"""What search may refuse."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class SynonymUnreadable(DomainError):
    """A line of synonyms does not say what means the same as what."""

    message = _("Write two words or more, as in “sofa = armchair” or “sofa > chair, stool”.")
