"""The sentences of group buying, in the reader's language."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from backend.payments.models import AuthorisationState
from groupbuy import rules
from groupbuy.models import GroupState, Joiners, MoneyTaken
from groupbuy.wording import yuan

RELEASED = {AuthorisationState.VOID_DUE, AuthorisationState.VOIDED, AuthorisationState.LOST}
OVER = {GroupState.FILLED, GroupState.COMMITTED, GroupState.DRAWN, GroupState.CONFIRMED}


def why_not(row: dict[str, Any]) -> str | None:
    """Why the viewer cannot take a seat, with a way out; nothing when a seat can be had."""
    seat = row["my_seat"]
    if seat is not None and seat["state"] in ("HELD", "PAID", "CONFIRMED"):
        return _("You have a seat in this group.")
    if row["stop_manner"] == "CANCEL_AND_REFUND":
        return _("This offer was stopped. Look for another one.")
    if row["shown_state"] in OVER:
        return _("This group is full. Open your own, or join another.")
    if row["shown_state"] != GroupState.FORMING:
        return _("This group is over. Open your own, or join another.")
    if row["seats_left"] <= 0:
        return _("Every seat is taken or being paid for. A seat may come free; or open your own group.")
    return None


def offer_rules(row: dict[str, Any]) -> list[str]:
    """The rules of an offer in plain sentences."""
    places = {"size": row["size"], "hours": row["ttl_hours"], "limit": row["open_limit"]}
    said = [
        _ladder_rule(row, places)
        if row["ladder"]
        else _("%(size)s people within %(hours)s hours make a group; then everybody's order is sent.") % places,
        _("The money is only held first, where the way to pay allows it. It is taken when the group is full.")
        if row["money_taken"] == MoneyTaken.WHEN_FULL
        else _("If it does not fill in time, everything is refunded by itself."),
    ]
    if row["winners"] is not None:
        said[0] = _draw_rule(row, places)
        if row["consolation_points"]:
            said.append(
                _("Who is not drawn also gets %(points)s points as a consolation.")
                % {"points": row["consolation_points"]}
            )
    if row["platform_seats"]:
        said.append(
            _("If up to %(seats)s seats lack at the deadline, the shop pays for them and says so; nobody is made up.")
            % {"seats": row["platform_seats"]}
        )
    if row["leader_points"]:
        said.append(
            _("Who opens the group earns %(points)s points once its people have kept their goods.")
            % {"points": row["leader_points"]}
        )
    if row["leader_discount_minor"]:
        said.append(_leader_rule(row))
    if row["joiners"] == Joiners.NEW:
        said.append(_("Anyone may open a group; only people who have not bought before may join."))
    if row["open_limit"] is not None:
        said.append(_("One person may open %(limit)s such groups.") % places)
    if row["may_leave"]:
        said.append(_leave_rule(row))
    return said


def _leave_rule(row: dict[str, Any]) -> str:
    """What becomes of the money of who leaves."""
    if row["money_taken"] == MoneyTaken.WHEN_FULL:
        return _("You may leave once before the group is full; the hold is released.")
    return _("You may leave once before the group is full; your money comes back.")


def _leader_rule(row: dict[str, Any]) -> str:
    """What who opens a group pays less, and on which condition."""
    amount = yuan(row["leader_discount_minor"])
    if row["leader_discount_bps"] is None:
        return _(
            "Who opens the group pays %(amount)s less; a part is taken back if too many give their goods back."
        ) % {"amount": amount}
    return _(
        "Who opens the group pays %(percent)s%% less, up to %(amount)s; a part is taken back if too many give their"
        " goods back."
    ) % {"percent": f"{row['leader_discount_bps'] / 100:g}", "amount": amount}


def _ladder_rule(row: dict[str, Any], places: dict[str, Any]) -> str:
    """How the price of a ladder comes about."""
    return _(
        "From %(least)s people within %(hours)s hours it is a group. The more come, up to %(size)s, the lower the price"
        " for all; what you paid beyond it comes back by itself when the group closes."
    ) % {**places, "least": row["ladder"][0]["size"]}


def _draw_rule(row: dict[str, Any], places: dict[str, Any]) -> str:
    """How a draw goes, with its chances."""
    chance = rules.chance_bps(winners=row["winners"], size=row["size"]) / 100
    return _(
        "When %(size)s people have paid within %(hours)s hours, %(winners)s of them are drawn and get it; each has a"
        " chance of %(chance)s%%. The others get everything back."
    ) % {**places, "winners": row["winners"], "chance": f"{chance:.4g}"}


def refund_timeline(row: dict[str, Any]) -> list[dict[str, Any]]:
    """How the viewer's money comes back from a group that did not fill, or stops being held."""
    refund = row["my_refund"]
    if refund is None:
        return _release_timeline(row) if is_released(row) else []
    requested, settled = _at(refund["requested_at"]), _at(refund["settled_at"])
    return [
        _step("CLOSED", _("Group closed"), row["closed_at"] or requested),
        _step("REFUNDING", _("Refund sent to the payment provider"), requested),
        _step("REFUNDED", _("Money is back with you"), settled),
    ]


def is_released(row: dict[str, Any]) -> bool:
    """Say whether the viewer's money was only held and is released, or will be."""
    return row["my_hold"] is not None and row["my_hold"]["state"] in RELEASED


def _release_timeline(row: dict[str, Any]) -> list[dict[str, Any]]:
    """How money that was never taken becomes free."""
    decided, settled = _at(row["my_hold"]["decided_at"]), _at(row["my_hold"]["settled_at"])
    return [
        _step("CLOSED", _("Seat given back"), row["closed_at"] or decided or settled),
        _step("REFUNDING", _("Release sent to the payment provider"), decided or settled),
        _step("REFUNDED", _("Nothing is held any more"), settled),
    ]


def _step(key: str, label: str, at: dt.datetime | None) -> dict[str, Any]:
    return {"key": key, "label": label, "at": at, "is_done": at is not None}


def _at(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
