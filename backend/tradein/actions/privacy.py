"""Taking a person out of trade-ins."""

from uuid import UUID

from django.db import transaction

from backend.tradein.models import TradeIn, TradeInPicture


@transaction.atomic
def forget_person(*, person_id: UUID) -> None:
    """Take out what somebody wrote and where things went back to; the credit stays in the book."""
    mine = TradeIn.objects.filter(person_id=person_id)
    TradeInPicture.objects.filter(trade_in__in=mine, is_of_inspection=False).delete()
    mine.update(words="", address={}, carrier="", tracking="", back_carrier="", back_tracking="")
