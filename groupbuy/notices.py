"""How the notifications of group buying read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from backend.messaging.kinds import register_kind

OPENED = "groupbuy.opened"
SEAT_TAKEN = "groupbuy.seat_taken"
FILLED = "groupbuy.filled"
EXPIRED = "groupbuy.expired"
CANCELLED = "groupbuy.cancelled"
REFUNDED = "groupbuy.refunded"
TO_BE_DRAWN = "groupbuy.to_be_drawn"
WON = "groupbuy.won"
LOST = "groupbuy.lost"
SEAT_FREE = "groupbuy.seat_free"
MERGE_ASKED = "groupbuy.merge_asked"
MERGED = "groupbuy.merged"
REPRICED = "groupbuy.repriced"
LEADER = "groupbuy.leader"
MOVED = "groupbuy.moved"
LATE_REFUND = "groupbuy.late_refund"
EXPIRED_HELD = "groupbuy.expired_held"
CANCELLED_HELD = "groupbuy.cancelled_held"
FREED = "groupbuy.freed"
NOT_TAKEN = "groupbuy.not_taken"
DISCOUNT_BACK = "groupbuy.discount_back"


def register_notices() -> None:
    """Say how each kind reads."""
    _of_seats()
    _of_ends()
    _of_money()
    _of_held_money()
    _of_discounts()


def _of_seats() -> None:
    """Seats and who leads."""
    register_kind(
        OPENED,
        title=_("Your group is open"),
        body=_("%(product)s: invite %(left)s more people before the time is over."),
    )
    register_kind(
        SEAT_TAKEN,
        title=_("Someone joined your group"),
        body=_("%(person)s joined your group for %(product)s. %(left)s seats are left."),
        body_for_many=_("%(person)s and %(others_count)s others joined your group for %(product)s."),
    )
    register_kind(
        LEADER,
        title=_("You lead the group now"),
        body=_("The leader of the group for %(product)s left; you lead it now."),
    )
    register_kind(
        SEAT_FREE,
        title=_("A seat is free"),
        body=_("A seat in the group for %(product)s has come free, and it is your turn. Take it within three minutes."),
    )
    register_kind(
        MERGE_ASKED,
        title=_("Another group would like to join yours"),
        body=_("A group for %(product)s asks to sit at your table. Open your group to answer."),
    )
    register_kind(
        MERGED,
        title=_("You sit in another group now"),
        body=_("Your group for %(product)s was put together with another one. Your price stays."),
    )


def _of_ends() -> None:
    """How a group ends."""
    register_kind(
        FILLED, title=_("Your group is full"), body=_("%(product)s will be sent soon. Say hello in the room.")
    )
    register_kind(
        TO_BE_DRAWN,
        title=_("Your group is full and will be drawn"),
        body=_("%(product)s: the entries are sealed in a moment, then the winners are drawn."),
    )
    register_kind(WON, title=_("You were drawn"), body=_("%(product)s will be sent to you soon."))
    register_kind(
        LOST,
        title=_("You were not drawn this time"),
        body=_("%(product)s: everything you paid goes back to you by itself. Anybody can check the draw."),
    )
    register_kind(
        EXPIRED,
        title=_("Your group did not fill in time"),
        body=_("%(product)s: everything you paid goes back to you by itself. You can open a new group any time."),
    )
    register_kind(
        CANCELLED,
        title=_("Your group was cancelled"),
        body=_("%(product)s: everything you paid goes back to you by itself."),
    )


def _of_money() -> None:
    """Money that comes back or too late."""
    register_kind(REFUNDED, title=_("Your refund has arrived"), body=_("%(amount)s for %(product)s is back with you."))
    register_kind(
        REPRICED,
        title=_("Your group has reached a lower price"),
        body=_("%(product)s: %(size)s people came together, so %(amount)s comes back to you by itself."),
    )
    register_kind(
        MOVED,
        title=_("We found you a seat"),
        body=_("Your payment came after the group had closed, so you are in another group for %(product)s now."),
    )
    register_kind(
        LATE_REFUND,
        title=_("Your payment came too late"),
        body=_("The group for %(product)s had closed and no other was found; everything you paid goes back to you."),
    )


def _of_held_money() -> None:
    """Money that is held first and taken when the group is full."""
    register_kind(
        EXPIRED_HELD,
        title=_("Your group did not fill in time"),
        body=_("%(product)s: held money is released and never taken; what was paid at once goes back by itself."),
    )
    register_kind(
        CANCELLED_HELD,
        title=_("Your group was cancelled"),
        body=_("%(product)s: held money is released and never taken; what was paid at once goes back by itself."),
    )
    register_kind(
        FREED, title=_("Nothing was taken"), body=_("%(amount)s for %(product)s was only held and is free again.")
    )
    register_kind(
        NOT_TAKEN,
        title=_("Your seat could not be paid"),
        body=_(
            "Your group for %(product)s is full, but %(amount)s could not be taken and your order was given up."
            " Open or join another group, or pay in another way."
        ),
    )


def _of_discounts() -> None:
    """What a leader paid less."""
    register_kind(
        DISCOUNT_BACK,
        title=_("A part of your leader's discount was taken back"),
        body=_("%(product)s: too many of your group gave their goods back, so %(amount)s left your store credit."),
    )
