"""Telling why: event, rule version, facts, computation, later events."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from backend.core.errors import readable
from backend.core.money import Money
from membership.causes import translated
from membership.ports import WhyStep
from referrals.influencers.models import Commission, CommissionEntry, EntryKind, ItemState


def yuan(minor: int) -> str:
    """An amount in words."""
    return str(readable(Money(minor)))


def percent(bps: int) -> str:
    """A rate in words."""
    return f"{bps / 100:g}%"


def why_of(commission: Commission, entries: Sequence[CommissionEntry]) -> list[WhyStep]:
    """The steps from an order line to what it earned, so that a reader can do the sum."""
    return [*_cause(commission), *_computation(commission), *_later(commission, entries)]


def _cause(commission: Commission) -> list[WhyStep]:
    facts = commission.facts
    if facts.get("code") and commission.touch_id is None:
        how = _("The buyer named the code %(code)s") % {"code": facts["code"]}
    else:
        how = _("The buyer came through your link %(link)s") % {
            "link": commission.touch.link.code if commission.touch else commission.source
        }
    touched = datetime.fromisoformat(facts["touched_at"]) if facts.get("touched_at") else None
    return [
        WhyStep(_("How the buyer came"), how, touched),
        WhyStep(
            _("Content"),
            _("“%(title)s”, marked %(tag)s") % {"title": commission.content.title, "tag": facts.get("tag", "")},
            commission.content.decided_at,
        ),
        WhyStep(
            _("Order"),
            _("Order %(number)s, %(quantity)s pieces")
            % {"number": facts["order_number"], "quantity": facts["quantity"]},
            datetime.fromisoformat(facts["placed_at"]),
        ),
    ]


def _computation(commission: Commission) -> list[WhyStep]:
    tax = commission.paid_minor - commission.base_minor
    campaign = commission.facts.get("campaign") or {}
    rate = _("Rate version %(version)s of that day: %(rate)s") % {
        "version": commission.rate.version,
        "rate": percent(commission.rate.bps if campaign else commission.bps),
    }
    if commission.bps < commission.rate.bps:
        rate = _("Rate version %(version)s, and nothing while a breach of the rules hung over you") % {
            "version": commission.rate.version
        }
    sum_words = _("%(base)s × %(rate)s = %(amount)s, rounded down") % {
        "base": yuan(commission.base_minor),
        "rate": percent(commission.bps),
        "amount": yuan(commission.amount_minor),
    }
    if commission.cap_left_minor is not None and commission.amount_minor == commission.cap_left_minor:
        sum_words = _("%(amount)s, all that the cap of the month left") % {"amount": yuan(commission.amount_minor)}
    return [
        WhyStep(
            _("What counts"),
            _("%(paid)s paid for the goods after points and discounts, less %(tax)s tax inside it = %(base)s")
            % {"paid": yuan(commission.paid_minor), "tax": yuan(tax), "base": yuan(commission.base_minor)},
        ),
        WhyStep(_("The rule"), rate),
        *_campaign(campaign),
        WhyStep(_("The sum"), sum_words, commission.estimated_at),
    ]


def _campaign(campaign: Mapping[str, Any]) -> Iterator[WhyStep]:
    """The campaign that raised the rate, or the one whose budget was used up."""
    if not campaign:
        return
    words = _("“%(name)s”, rule version %(version)s, pays %(rate)s until its end; the higher rate counts")
    if not campaign["reaches"]:
        words = _("“%(name)s”, rule version %(version)s, pays %(rate)s, but its budget was used up; your rate counts")
    places = {"name": translated(campaign["names"]), "version": campaign["version"], "rate": percent(campaign["bps"])}
    yield WhyStep(_("A campaign"), words % places, datetime.fromisoformat(campaign["ends_at"]))


def _later(commission: Commission, entries: Sequence[CommissionEntry]) -> list[WhyStep]:
    steps = []
    if commission.refunded_minor and commission.vested_at is None:
        steps.append(
            WhyStep(
                _("Refund"),
                _("%(back)s went back; by the same rate %(kept)s is left")
                % {"back": yuan(commission.refunded_minor), "kept": yuan(commission.kept_minor)},
            )
        )
    if commission.vested_at is not None:
        steps.append(WhyStep(_("Earned"), _("The return window and two days were over."), commission.vested_at))
    elif commission.vests_at is not None:
        steps.append(
            WhyStep(
                _("Not earned yet"),
                _("Earned on this day, unless something is sent back or a case is open."),
                commission.vests_at,
            )
        )
    for entry in entries:
        if entry.kind == EntryKind.REFUND:
            words = _("%(amount)s after a refund; it is netted in the next statement")
            steps.append(WhyStep(_("Taken back"), words % {"amount": yuan(entry.amount_minor)}, entry.at))
        elif entry.kind == EntryKind.DISPUTE:
            words = _("%(amount)s were added after your dispute")
            steps.append(WhyStep(_("Dispute"), words % {"amount": yuan(entry.amount_minor)}, entry.at))
        elif entry.statement and entry.statement.item and entry.statement.item.state == ItemState.PAID:
            words = _("Paid with %(reference)s")
            steps.append(
                WhyStep(
                    _("Paid to the creator"),
                    words % {"reference": entry.statement.item.reference},
                    entry.statement.item.decided_at,
                )
            )
    return steps
