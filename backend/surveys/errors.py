"""What surveys may refuse."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class SurveyClosed(DomainError):
    """Its days are over."""

    message = _("These questions are closed. We ask again after one of your next deliveries.")


class SurveyNotOpened(DomainError):
    """Nobody has looked at the questions."""

    message = _("Open the questions first, then send your answer.")


class AnsweredAlready(DomainError):
    """One answer for one delivery."""

    message = _("You have answered already. Thank you.")
