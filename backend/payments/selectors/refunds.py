"""Refunds that need people: those that are stuck, and those that a person sends by bank in their time."""

from datetime import datetime

from django.db.models import Q, QuerySet

from backend.core.paging import Page, keyset_page
from backend.payments.models import Refund, RefundState
from backend.payments.rules.transfers import BY_BANK, BY_HAND_WITHIN

BY_HAND = Q(state=RefundState.MANUAL, problem__startswith=BY_BANK)


def stuck_refunds(*, now: datetime) -> QuerySet[Refund]:
    """Refunds that only a person can move, without those whose transfer is not late yet."""
    return Refund.objects.filter(state=RefundState.MANUAL).exclude(
        problem__startswith=BY_BANK, requested_at__gt=now - BY_HAND_WITHIN
    )


def refunds_by_hand() -> QuerySet[Refund]:
    """Refunds that a person sends by bank."""
    return Refund.objects.filter(BY_HAND)


def refunds_in_trouble(*, first: int | None, after: str | None) -> Page:
    """Refunds that a provider did not take, those that wait for a person and those that are tried again.

    Raises: InvalidInput.
    """
    rows = Refund.objects.filter(state__in=(RefundState.MANUAL, RefundState.FAILED)).exclude(BY_HAND)
    return keyset_page(
        rows.select_related("order", "payment"), order=("-requested_at", "-id"), first=first, after=after
    )


def refunds_to_send(*, first: int | None, after: str | None) -> Page:
    """Refunds that a person sends by bank, the one that was promised first on top.

    Raises: InvalidInput.
    """
    rows = refunds_by_hand().select_related("order", "payment")
    return keyset_page(rows, order=("requested_at", "id"), first=first, after=after)
