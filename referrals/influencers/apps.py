"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from backend.aftersales.events import LinesRefunded
from backend.core.auditing import register_audit
from backend.core.outbox import subscribe
from backend.core.privacy import register
from backend.messaging.kinds import register_kind
from backend.orders.events import OrderCancelled, OrderClosed, OrderConfirmed, OrderDelivered, OrderRefunded
from backend.promotions.ports import register_rule_kind
from referrals.influencers import events
from referrals.invites.events import OrderAttributed

KINDS = {
    "creator_application_approved": (_("You are a creator now"), _("Open the creator centre to begin.")),
    "creator_application_rejected": (_("Your application was declined"), _("Read why, and when to try again.")),
    "creator_application_need_info": (_("We need to know a little more"), _("Add what is missing.")),
    "creator_collaboration_invited": (_("A brand invites you"), _("%(product)s: see what it asks and pays.")),
    "creator_collaboration_sample_sent": (_("A sample is on its way"), _("%(product)s: the parcel's number is there.")),
    "creator_collaboration_revision": (_("Your content needs a change"), _("%(product)s: read what is asked for.")),
    "creator_collaboration_live": (_("Your collaboration is live"), _("%(product)s: orders earn now.")),
    "creator_collaboration_expired": (_("A collaboration ran out of time"), _("%(product)s: look for another one.")),
    "creator_collaboration_closed": (_("A collaboration is over"), _("%(product)s: see what it has earned.")),
    "creator_rate_cut": (_("A rate falls in two days"), _("%(product)s: %(rate)s; older orders keep theirs.")),
    "creator_commission": (_("Somebody bought through you"), _("About %(amount)s, if it is kept.")),
    "creator_statement": (_("Your statement is ready"), _("%(amount)s, line by line with the reasons.")),
    "creator_paid": (_("Your money is on your account"), _("%(amount)s was paid out.")),
    "creator_payout_failed": (_("A payout came back"), _("%(amount)s is in your balance again. Check your account.")),
    "creator_payout_stopped": (_("A payout was stopped"), _("%(amount)s waits in your balance. Read why, and appeal.")),
    "creator_violation": (_("Something must be put right"), _("Your commission is on hold. You may appeal.")),
    "creator_violation_lifted": (_("The hold is lifted"), _("Your orders earn again.")),
    "creator_violation_upheld": (_("Your appeal was answered"), _("The decision stands. Read why.")),
}  # fmt: skip


NOTHING_LIVE = _("The creator has no approved content about these goods.")


class InfluencersConfig(AppConfig):
    """Creators and what they earn."""

    name = "referrals.influencers"
    label = "influencers"

    def ready(self) -> None:
        """Hear of orders, offer candidates for their credit, let the auditor look, keep creators informed."""
        here = "referrals.influencers"
        import_string("referrals.invites.ports.register_candidates")(f"{here}.candidates.CreatorCandidates")
        import_string("referrals.invites.ports.register_refusal")("nothing_live", NOTHING_LIVE)
        register_rule_kind(f"{here}.kinds.COMMISSION")
        register_audit("creators", f"{here}.selectors.auditing.differences")
        register(import_string(f"{here}.privacy.CreatorPrivacy")())
        subscribe(OrderAttributed, f"{here}.handlers.estimate_for_creator")
        subscribe(OrderConfirmed, f"{here}.handlers.confirm")
        subscribe(OrderDelivered, f"{here}.handlers.start_clock")
        subscribe(LinesRefunded, f"{here}.handlers.reduce_given_up_pieces")
        for event in (OrderRefunded, OrderCancelled, OrderClosed):
            subscribe(event, f"{here}.handlers.reduce_refunded")
        subscribe(events.ApplicationDecided, f"{here}.handlers.tell_applicant")
        subscribe(events.CollaborationMoved, f"{here}.handlers.tell_of_collaboration")
        subscribe(events.RateCutAnnounced, f"{here}.handlers.tell_of_cut")
        subscribe(events.CommissionEstimated, f"{here}.handlers.tell_of_estimate")
        subscribe(events.StatementClosed, f"{here}.handlers.tell_of_statement")
        subscribe(events.PayoutDecided, f"{here}.handlers.tell_of_payout")
        subscribe(events.PayoutStopped, f"{here}.handlers.tell_of_stop")
        subscribe(events.ViolationRecorded, f"{here}.handlers.tell_of_violation")
        subscribe(events.ViolationDecided, f"{here}.handlers.tell_of_violation")
        for kind, (title, body) in KINDS.items():
            register_kind(kind, title=title, body=body)
