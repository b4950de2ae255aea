"""Store credit: given with a reason, set aside for an order, spent when the order is paid."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from backend.core.errors import InvalidInput
from backend.core.locks import lock_found, lock_one
from backend.core.money import Money
from backend.core.outbox import emit
from backend.ledger.actions import Leg, post_transfer
from backend.ledger.selectors import balance, transfers_of
from backend.payments.errors import StoreCreditChanged
from backend.payments.events import StoreCreditGranted
from backend.payments.models import CreditHold, CreditState, Wallet
from backend.payments.providers.amounts import yuan
from backend.payments.rules import CREDIT_GRANTED, LARGEST_GRANT_MINOR, STORE_CREDIT

GRANT = "credit_grant"
TAKE_BACK = "credit_take_back"


@transaction.atomic
def grant_store_credit(
    *, user_id: UUID, amount_minor: int, reason: Mapping[str, str], source: tuple[str, UUID | str], now: datetime
) -> bool:
    """Give a person store credit for a reason, once per source; a repeat answers False.

    The reason is said in three languages. `source` names what it is for, such as `("after_sale", case_id)`.

    Raises: InvalidInput, KeyReused.
    Emits: StoreCreditGranted.
    """
    if not 0 < amount_minor <= LARGEST_GRANT_MINOR:
        raise InvalidInput("amount")
    is_new = not any(made.kind == GRANT for made in transfers_of(source_type=source[0], source_id=source[1]))
    post_transfer(
        kind=GRANT,
        source=source,
        legs=[Leg(CREDIT_GRANTED, None, -amount_minor, "CNY"), Leg(STORE_CREDIT, user_id, amount_minor, "CNY")],
        facts={"reason": dict(reason)},
        now=now,
    )
    if is_new:
        emit(
            StoreCreditGranted(
                owner_id=user_id,
                amount_minor=amount_minor,
                source_type=source[0],
                source_id=str(source[1]),
                at=now,
            )
        )
    return is_new


@transaction.atomic
def take_back_credit(
    *,
    user_id: UUID,
    most_minor: int,
    reason: Mapping[str, str],
    source: tuple[str, UUID | str],
    turn: int,
    now: datetime,
) -> int:
    """Take store credit back that a person was given under a condition, as far as there is any; say how much.

    What is set aside for orders stays. `turn` numbers the times it is taken for one source, each at most once.

    Raises: KeyReused.
    """
    wallet = open_wallets(owner_ids=[user_id])[0]
    amount = min(most_minor, balance(kind=STORE_CREDIT, owner_id=user_id) - wallet.held_minor)
    if amount <= 0:
        return 0
    post_transfer(
        kind=TAKE_BACK,
        source=source,
        sequence=turn,
        legs=[Leg(STORE_CREDIT, user_id, -amount, "CNY"), Leg(CREDIT_GRANTED, None, amount, "CNY")],
        facts={"reason": dict(reason)},
        now=now,
    )
    return amount


@transaction.atomic(savepoint=False)
def open_wallets(*, owner_ids: list[UUID]) -> list[Wallet]:
    """Open the wallets that are new, and hold all of them by id."""
    Wallet.objects.bulk_create([Wallet(owner_id=owner_id) for owner_id in sorted(owner_ids)], ignore_conflicts=True)
    return lock_found(Wallet, owner_ids)


@transaction.atomic(savepoint=False)
def hold_credit(*, order_id: UUID, owner_id: UUID, amount_minor: int, now: datetime) -> CreditHold:
    """Set store credit aside for an order that is not paid yet.

    Raises: StoreCreditChanged, NotFound.
    """
    wallet = lock_one(Wallet, owner_id)
    available = balance(kind=STORE_CREDIT, owner_id=owner_id) - wallet.held_minor
    if amount_minor > available:
        raise StoreCreditChanged(available=Money(available), available_text=f"¥{yuan(available)}")
    Wallet.objects.filter(pk=owner_id).update(held_minor=F("held_minor") + amount_minor)
    columns = {"amount_minor": amount_minor, "state": CreditState.HELD, "changed_at": now}
    held, _is_new = CreditHold.objects.update_or_create(order_id=order_id, wallet=wallet, defaults=columns)
    return held


@transaction.atomic(savepoint=False)
def hold_wallet_of(*, order_id: UUID) -> None:
    """Hold the wallet that an order's credit is set aside in, if it pays with any; before the order itself."""
    lock_found(Wallet, CreditHold.objects.filter(pk=order_id).values_list("wallet_id", flat=True))


@transaction.atomic(savepoint=False)
def spend_held_credit(*, order_id: UUID, now: datetime) -> int:
    """Say how much credit was still set aside for an order, and that it is spent."""
    amount = CreditHold.objects.filter(pk=order_id).values_list("amount_minor", flat=True).first()
    return amount if amount and end_hold(order_id=order_id, into=CreditState.TAKEN, now=now) else 0


@transaction.atomic(savepoint=False)
def end_hold(*, order_id: UUID, into: CreditState, now: datetime) -> bool:
    """Say that credit which was set aside is spent, or free again; what is not set aside stays as it is."""
    held = CreditHold.objects.filter(pk=order_id, state=CreditState.HELD).first()
    if held is None:
        return False
    if not CreditHold.objects.filter(pk=order_id, state=CreditState.HELD).update(state=into, changed_at=now):
        return False
    Wallet.objects.filter(pk=held.wallet_id).update(held_minor=F("held_minor") - held.amount_minor)
    return True
