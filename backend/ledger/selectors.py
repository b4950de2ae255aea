"""Reads of the book: what is there, how it came, and whether it adds up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from backend.ledger.models import Account, Posting, Transfer
from backend.ledger.rules import CASH_UNIT, CHART, POINTS_UNIT

DRIFTS = """
SELECT account.id, account.kind, account.owner_id, account.unit, account.balance,
       coalesce(sum(posting.amount), 0)::bigint
FROM ledger_account AS account LEFT JOIN ledger_posting AS posting ON posting.account_id = account.id
GROUP BY account.id HAVING account.balance <> coalesce(sum(posting.amount), 0) ORDER BY account.id
"""
UNBALANCED = """
SELECT transfer.id, account.unit, count(posting.id), coalesce(sum(posting.amount), 0)::bigint
FROM ledger_transfer AS transfer
LEFT JOIN ledger_posting AS posting ON posting.transfer_id = transfer.id
LEFT JOIN ledger_account AS account ON account.id = posting.account_id
GROUP BY transfer.id, account.unit
HAVING coalesce(sum(posting.amount), 0) <> 0 OR count(posting.id) < 2 ORDER BY transfer.id
"""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement on an account, with what caused it and the rule that computed it."""

    posting_id: UUID
    transfer_id: UUID
    kind: str
    source_type: str
    source_id: str
    amount: int
    rule_version: str
    memo: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Drift:
    """An account whose kept balance is not the sum of its postings."""

    account_id: UUID
    kind: str
    owner_id: UUID | None
    unit: str
    kept: int
    computed: int


@dataclass(frozen=True, slots=True)
class Imbalance:
    """A transfer whose postings do not sum to zero, or of which there are fewer than two."""

    transfer_id: UUID
    unit: str | None
    legs_count: int
    left_over: int


def balance(*, kind: str, owner_id: UUID | None = None, unit: str | None = None) -> int:
    """What an account holds, in its unit; an account that never moved holds nothing."""
    wanted = Account.objects.filter(kind=kind, owner_id=owner_id, unit=unit or _unit_of(kind))
    return wanted.values_list("balance", flat=True).first() or 0


def balances_of(owner_id: UUID) -> dict[str, int]:
    """What each account of one person holds, by kind."""
    return dict(Account.objects.filter(owner_id=owner_id).values_list("kind", "balance"))


def statement(
    *, kind: str, owner_id: UUID | None = None, unit: str | None = None, first: int = 50, before: UUID | None = None
) -> list[StatementLine]:
    """The movements of an account, newest first; `before` is the last posting id of the page before."""
    wanted = Posting.objects.filter(
        account__kind=kind, account__owner_id=owner_id, account__unit=unit or _unit_of(kind)
    ).select_related("transfer")
    if before is not None:
        wanted = wanted.filter(pk__lt=before)
    return [_line(posting) for posting in wanted.order_by("-pk")[:first]]


def transfers_of(*, source_type: str, source_id: UUID | str) -> Sequence[Transfer]:
    """The transfers that one thing caused, oldest first."""
    return list(Transfer.objects.filter(source_type=source_type, source_id=str(source_id)).order_by("pk"))


def conservation(unit: str = CASH_UNIT) -> dict[str, int]:
    """Where the captured money and the granted credit are now; `difference` is zero or the book is wrong."""
    held = dict(Account.objects.filter(unit=unit).values_list("kind").annotate(total=Sum("balance")))
    sources = {"captured": -held.get("provider_cash", 0), "granted": -held.get("credit_granted", 0)}
    places = {
        "kept": held.get("sales", 0),
        "refunded": held.get("refunded_out", 0),
        "in_flight": held.get("refund_in_flight", 0),
        "held": held.get("held_for_group", 0),
        "credit": held.get("store_credit", 0),
        "unexplained": held.get("unexplained", 0),
    }
    return {**sources, **places, "difference": sum(sources.values()) - sum(places.values())}


def drifts() -> list[Drift]:
    """The accounts whose kept balance is not the sum of their postings; none, if all is well."""
    with connection.cursor() as cursor:
        cursor.execute(DRIFTS)
        return [Drift(*row) for row in cursor.fetchall()]


def imbalances() -> list[Imbalance]:
    """The transfers that do not balance; none, if all is well."""
    with connection.cursor() as cursor:
        cursor.execute(UNBALANCED)
        return [Imbalance(*row) for row in cursor.fetchall()]


def _unit_of(kind: str) -> str:
    return POINTS_UNIT if CHART[kind].counts_points else CASH_UNIT


def _line(posting: Posting) -> StatementLine:
    transfer = posting.transfer
    return StatementLine(
        posting_id=posting.pk,
        transfer_id=transfer.pk,
        kind=transfer.kind,
        source_type=transfer.source_type,
        source_id=transfer.source_id,
        amount=posting.amount,
        rule_version=transfer.rule_version,
        memo=transfer.memo,
        at=transfer.at,
    )
