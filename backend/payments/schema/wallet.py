"""The wallet of a shopper as the API shows it."""

from collections.abc import Callable
from typing import Any

import graphene

from backend.accounts.schema.types import ViewerType
from backend.core.graphql import DateTime, MoneyType, ObjectType, connection_field, extend, object_field
from backend.core.languages import translate
from backend.ledger.selectors import StatementLine
from backend.orders.rules import reason_label
from backend.payments.selectors import wallet_entries, wallet_of
from backend.payments.wording import credit_title


class WalletEntryType(ObjectType):
    """Store credit that came or went, with its cause."""

    id = graphene.ID(required=True, description="The line's id.")
    amount = object_field(
        MoneyType,
        lambda row, info: row["line"].amount,
        required=True,
        description="What came in; below zero what went.",
    )
    title = object_field(
        graphene.String,
        lambda row, info: credit_title(row["line"].kind),
        required=True,
        description="The cause in a few words.",
    )
    why = object_field(
        graphene.String, lambda row, info: _why(row["line"], info), required=True, description="The cause in full."
    )
    order_id = object_field(
        graphene.ID, lambda row, info: row["line"].memo.get("orderId"), description="The order that it belongs to."
    )
    at = object_field(DateTime, lambda row, info: row["line"].at, required=True, description="When.")


def _why(line: StatementLine, info: Any) -> str:
    reason = line.memo.get("reason")
    if isinstance(reason, dict):
        return translate(reason, info.context.viewer.locale)
    return reason_label(str(reason)) if reason else ""


def _part(name: str) -> Callable[[Any, Any], int]:
    return lambda row, info: row[name]


class WalletType(ObjectType):
    """The viewer's store credit."""

    balance = object_field(MoneyType, _part("balance_minor"), required=True, description="What there is.")
    held = object_field(
        MoneyType, _part("held_minor"), required=True, description="What waits for orders that are not paid yet."
    )
    available = object_field(
        MoneyType,
        lambda row, info: row["balance_minor"] - row["held_minor"],
        required=True,
        description="What can be spent now.",
    )
    entries = connection_field(
        lambda: WalletEntryType,
        lambda root, info, first, after=None: wallet_entries(owner_id=info.context.viewer.id, first=first, after=after),
        personal=True,
        description="What came and went, newest first.",
    )


extend(
    ViewerType,
    wallet=object_field(
        WalletType,
        lambda root, info: wallet_of(info.context.viewer.id),
        required=True,
        personal=True,
        description="The viewer's store credit.",
    ),
)
