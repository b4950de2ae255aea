"""The notifications of payments, in words."""

from django.utils.translation import gettext_lazy as _

from backend.messaging.kinds import register_kind


def register_notices() -> None:
    """Say how each kind reads."""
    register_kind(
        "payments.alert_failure_rate",
        title=_("P0: payments fail"),
        body=_("More than 3 of 100 payments of the last hour failed. Open the payments desk."),
    )
    register_kind(
        "payments.alert_refund_stuck",
        title=_("P0: a refund is stuck"),
        body=_("A payment provider did not take a refund after many tries. Open the payments desk."),
    )
    register_kind(
        "payments.alert_statement_differs",
        title=_("A statement differs"),
        body=_("A provider's statement and our book differ. Open the payments desk."),
    )
    register_kind(
        "payments.hold_waits",
        title=_("A payment waits for you"),
        body=_("A payment looks unusual (%(score)s points). Look at the evidence and decide."),
    )
    register_kind(
        "payments.released",
        title=_("You can pay now"),
        body=_("We looked at your payment and all is well. If your order has closed meanwhile, order again."),
    )
    register_kind(
        "payments.not_accepted",
        title=_("We could not take your payment"),
        body=_("The reason: %(note)s. Nothing was charged. Write to us if you think we are wrong."),
    )
    register_kind(
        "payments.credit_granted",
        title=_("¥%(amount)s store credit for you"),
        body=_("%(reason)s. It pays with your next order."),
    )
    _register_passkey_notices()


def _register_passkey_notices() -> None:
    """What happened to keys that can spend credit."""
    register_kind(
        "payments.passkey_added",
        title=_("A passkey was added"),
        body=_("“%(name)s” can sign in to your account now. If that was not you, remove it and write to us."),
    )
    register_kind(
        "payments.passkey_removed",
        title=_("A passkey was removed"),
        body=_("“%(name)s” cannot sign in to your account any more. If that was not you, write to us."),
    )
    register_kind(
        "payments.passkey_doubted",
        title=_("A passkey may have been copied"),
        body=_("“%(name)s” was used in a way that only a copy is. We do not take it any more; remove it."),
    )
