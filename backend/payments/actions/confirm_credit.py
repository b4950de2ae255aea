"""Store credit above an amount is spent only after its owner has confirmed this very price."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.accounts.actions import use_proof
from backend.accounts.errors import ProofNeeded
from backend.accounts.rules import about_payment
from backend.accounts.selectors import confirm_from
from backend.core.money import Money
from backend.payments.errors import CreditNeedsProof
from backend.payments.providers.amounts import yuan


@transaction.atomic(savepoint=False)
def check_credit_confirmed(*, owner_id: UUID, amount_minor: int, quote_hash: str, now: datetime) -> None:
    """Use up the proof about this price, if so much credit needs one.

    Raises: CreditNeedsProof.
    """
    least = confirm_from(owner_id) if amount_minor else None
    if least is None or amount_minor < least:
        return
    try:
        use_proof(user_id=owner_id, about=about_payment(quote_hash), now=now)
    except ProofNeeded as missing:
        raise CreditNeedsProof(
            amount=Money(amount_minor), amount_text=f"¥{yuan(amount_minor)}", quote_hash=quote_hash
        ) from missing
