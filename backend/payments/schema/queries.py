"""What can be asked about payments."""

from typing import Any

import graphene

from backend.core.graphql import connection, query_field, role, signed_in
from backend.payments.ports import offered_providers
from backend.payments.schema import desk, wallet
from backend.payments.schema.types import PaymentProviderType
from backend.payments.selectors import desk as found
from backend.payments.selectors.refunds import refunds_in_trouble, refunds_to_send
from backend.payments.selectors.statements import differences_of, reconciliation, reconciliations

__all__ = ["Query", "wallet"]

STAFF = role("support", "growth")


def _payments(root: Any, info: Any, *, first: int, after: str | None = None, **wanted: Any) -> Any:
    query, state = (wanted.get("query") or "")[:80], wanted.get("state")
    return found.payments_found(query=query, state=state, first=first, after=after)


class Query:
    """The root fields of payments."""

    payment_providers = query_field(
        graphene.List(graphene.NonNull(PaymentProviderType)),
        lambda root, info: offered_providers(),
        permission=signed_in,
        required=True,
        description="The ways to pay, in the order in which to show them.",
    )
    payment_health = query_field(
        desk.PaymentHealthType,
        lambda root, info: found.payment_health(now=info.context.now),
        permission=STAFF,
        required=True,
        description="How payments do: failures, alarms, and how much waits for people.",
    )
    desk_payments = query_field(
        connection(desk.DeskPaymentType),
        _payments,
        permission=STAFF,
        query=graphene.String(description="An order number, our reference or the provider's number."),
        state=graphene.String(description="Only payments in this state."),
        description="Payments, newest first.",
    )
    provider_events = query_field(
        connection(desk.ProviderEventType),
        lambda root, info, first, after=None, is_reviewed=False: found.events_held(
            is_reviewed=bool(is_reviewed), first=first, after=after
        ),
        permission=STAFF,
        is_reviewed=graphene.Boolean(description="Those that were read instead of those that wait."),
        description="Messages of providers that changed nothing.",
    )
    troubled_refunds = query_field(
        connection(desk.DeskRefundType),
        lambda root, info, first, after=None: refunds_in_trouble(first=first, after=after),
        permission=STAFF,
        description="Refunds that a provider did not take.",
    )
    refunds_to_send = query_field(
        connection(desk.DeskRefundType),
        lambda root, info, first, after=None: refunds_to_send(first=first, after=after),
        permission=STAFF,
        description="Refunds that a person sends by bank, the one that was promised first on top.",
    )
    risk_holds = query_field(
        connection(desk.RiskHoldType),
        lambda root, info, first, after=None, is_open=True: found.risk_holds(
            is_open=is_open is not False, first=first, after=after
        ),
        permission=STAFF,
        is_open=graphene.Boolean(description="Those that wait, or those that were decided."),
        description="Payments that look unusual.",
    )
    reconciliations = query_field(
        connection(desk.ReconciliationType),
        lambda root, info, first, after=None: reconciliations(first=first, after=after),
        permission=STAFF,
        description="Statement files that were compared, newest first.",
    )
    reconciliation = query_field(
        desk.ReconciliationType,
        lambda root, info, id: reconciliation(id),
        permission=STAFF,
        id=graphene.ID(required=True, description="The comparison."),
        description="One comparison.",
    )
    statement_differences = query_field(
        connection(desk.StatementDifferenceType),
        lambda root, info, first, reconciliation_id, after=None: differences_of(
            reconciliation_id, first=first, after=after
        ),
        permission=STAFF,
        reconciliation_id=graphene.ID(required=True, description="The comparison."),
        description="What differs in one statement.",
    )
