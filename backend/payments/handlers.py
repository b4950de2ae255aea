"""Reactions of payments: refunds wake the worker, alarms reach people, buyers hear what was decided."""

import logging

from backend.accounts.events import PasskeyAdded, PasskeyLooksCopied, PasskeyRemoved
from backend.accounts.selectors import people_with_role
from backend.core.waking import wake_task
from backend.ledger.selectors import transfers_of
from backend.messaging.actions import notify
from backend.payments.actions.alarm import REFUND_STUCK, open_alert
from backend.payments.actions.store_credit import GRANT
from backend.payments.events import (
    AuthorisationDecided,
    PaymentAlertOpened,
    PaymentHeldForReview,
    RefundNeedsHelp,
    RefundRequested,
    RiskDecided,
    StoreCreditGranted,
)
from backend.payments.providers.amounts import yuan

DESK = "/growth/payments"
SUBMIT_REFUNDS = "payments.submit_refunds"
SETTLE_AUTHORISATIONS = "payments.settle_authorisations"
logger = logging.getLogger(__name__)


def ask_for_refund(event: RefundRequested) -> None:
    """Wake the worker. The refund's own row says when it is due, so a lost call only makes it later."""
    wake_task(SUBMIT_REFUNDS)


def settle_authorisation(event: AuthorisationDecided) -> None:
    """Wake the worker. The row of the held money says what is due, so a lost call only makes it later."""
    wake_task(SETTLE_AUTHORISATIONS)


def alarm_about_refund(event: RefundNeedsHelp) -> None:
    """Raise the alarm for a refund that a person must look at."""
    logger.error("Refund %s of order %s needs a person: %s", event.refund_id, event.order_id, event.problem)
    evidence = {"refund": str(event.refund_id), "problem": event.problem}
    open_alert(kind=REFUND_STUCK, evidence=evidence, now=event.at)


def tell_staff_of_alert(event: PaymentAlertOpened) -> None:
    """Tell those who can mend it."""
    logger.error("Payment alert %s %s: %s", event.level, event.kind, event.alert_id)
    for user_id in people_with_role("admin", "support"):
        notify(
            user_id=user_id,
            kind=f"payments.alert_{event.kind}",
            params={},
            url=DESK,
            dedupe_key=f"payment-alert:{event.alert_id}",
            now=event.at,
        )


def tell_staff_of_hold(event: PaymentHeldForReview) -> None:
    """Tell support that a payment waits."""
    for user_id in people_with_role("support", "admin"):
        notify(
            user_id=user_id,
            kind="payments.hold_waits",
            params={"score": event.score},
            url=DESK,
            group_key="payments.hold_waits",
            dedupe_key=f"payment-hold:{event.hold_id}",
            now=event.at,
        )


def tell_buyer_of_decision(event: RiskDecided) -> None:
    """Tell the buyer what was decided, and why."""
    notify(
        user_id=event.buyer_id,
        kind="payments.released" if event.is_released else "payments.not_accepted",
        params={"note": event.note},
        url=f"/pay/{event.order_id}",
        dedupe_key=f"payment-decision:{event.hold_id}",
        now=event.at,
    )


def tell_of_credit(event: StoreCreditGranted) -> None:
    """Tell a person of new store credit, with its reason."""
    reason = next(
        (made.memo.get("reason") for made in transfers_of(source_type=event.source_type, source_id=event.source_id)
         if made.kind == GRANT), None,
    )  # fmt: skip
    notify(
        user_id=event.owner_id,
        kind="payments.credit_granted",
        params={"amount": yuan(event.amount_minor), "reason": reason or {}},
        url="/me/wallet",
        dedupe_key=f"store-credit:{event.source_type}:{event.source_id}",
        now=event.at,
    )


def tell_of_passkey(event: PasskeyAdded | PasskeyRemoved | PasskeyLooksCopied) -> None:
    """Tell a person what happened to a key that can spend their credit."""
    words = {"PasskeyAdded": "added", "PasskeyRemoved": "removed", "PasskeyLooksCopied": "doubted"}
    what = words[type(event).__name__]
    notify(
        user_id=event.user_id,
        kind=f"payments.passkey_{what}",
        params={"name": event.name},
        url="/me/security",
        dedupe_key=f"passkey:{what}:{event.passkey_id}",
        now=event.at,
    )
