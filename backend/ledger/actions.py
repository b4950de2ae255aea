"""The one way to write into the book."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.core.errors import KeyReused, public
from backend.core.locks import lock_where
from backend.core.rows import insert_row_once, insert_rows, rows_where
from backend.ledger.errors import BalanceTooLow
from backend.ledger.models import Account, Posting, Transfer
from backend.ledger.rules import CHART, Leg, check_legs

__all__ = ["Leg", "hold_shop_accounts", "post_transfer"]

AccountKey = tuple[str, UUID | None, str]


@transaction.atomic
def post_transfer(
    *,
    kind: str,
    source: tuple[str, UUID | str],
    legs: Sequence[Leg],
    now: datetime,
    sequence: int = 0,
    rule: object | None = None,
    facts: Mapping[str, object] | None = None,
    event_id: UUID | None = None,
) -> Transfer:
    """Move amounts between accounts, once per kind, source and sequence; a repeat answers the first transfer.

    Raises: BalanceTooLow, KeyReused.
    """
    check_legs(legs)
    offered = Transfer(
        kind=kind,
        source_type=source[0],
        source_id=str(source[1]),
        sequence=sequence,
        event_id=event_id,
        rule_version="" if rule is None else str(rule),
        memo=public(dict(facts or {})),
        at=now,
    )
    if not insert_row_once(offered):
        return _replayed(offered, legs)

    accounts = _hold_accounts(legs)
    for leg in legs:
        _check_balance(accounts[_key(leg)], leg)
    insert_rows([Posting(transfer=offered, account=accounts[_key(leg)], amount=leg.amount) for leg in legs])
    return offered


def hold_shop_accounts(kinds: Iterable[str]) -> None:
    """Hold accounts of the shop at once, before the first of several transfers that touch different ones.

    Transfers of one kind always meet at the same door; a mixture would take the doors in changing orders.
    """
    lock_where(Account, "kind = ANY(%s) AND owner_id IS NULL", [sorted(kinds)], order="id")


def _replayed(offered: Transfer, legs: Sequence[Leg]) -> Transfer:
    """Answer the first transfer, if it moved the same amounts."""
    transfer = Transfer.objects.get(
        kind=offered.kind,
        source_type=offered.source_type,
        source_id=offered.source_id,
        sequence=offered.sequence,
    )
    first = Posting.objects.filter(transfer=transfer).select_related("account")
    moved = {(each.account.kind, each.account.owner_id, each.account.unit, each.amount) for each in first}
    if moved != {(*_key(leg), leg.amount) for leg in legs}:
        raise KeyReused
    return transfer


def _hold_accounts(legs: Sequence[Leg]) -> dict[AccountKey, Account]:
    """Open the accounts that are new, then lock all: those of the shop first, those of people after, by id.

    The accounts of the shop stand first because every transfer has one; whoever holds it goes on alone.
    """
    keys = sorted({_key(leg) for leg in legs}, key=str)
    conditions = ["kind = %s AND unit = %s AND owner_id " + ("= %s" if key[1] else "IS NULL") for key in keys]
    condition = " OR ".join(f"({each})" for each in conditions)
    values = [value for kind, owner_id, unit in keys for value in (kind, unit, owner_id) if value is not None]
    known = {(each.kind, each.owner_id, each.unit) for each in rows_where(Account, f"WHERE {condition}", values)}
    new = [
        Account(
            kind=leg.account_kind,
            owner_id=leg.owner_id,
            unit=leg.unit,
            may_go_negative=CHART[leg.account_kind].may_go_negative,
        )
        for leg in sorted(legs, key=lambda leg: (leg.account_kind, str(leg.owner_id), leg.unit))
        if _key(leg) not in known
    ]
    if new:
        Account.objects.bulk_create(new, ignore_conflicts=True)
    held = lock_where(Account, condition, values, order="owner_id NULLS FIRST, id")
    return {(each.kind, each.owner_id, each.unit): each for each in held}


def _check_balance(account: Account, leg: Leg) -> None:
    if account.balance + leg.amount < 0 and not account.may_go_negative:
        raise BalanceTooLow(available=account.balance, unit=account.unit)


def _key(leg: Leg) -> AccountKey:
    return (leg.account_kind, leg.owner_id, leg.unit)
