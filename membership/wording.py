"""Sentences about what happened to points and levels, and what is still to come, in the reader's language."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from backend.core.money import BASIS_POINTS
from backend.promotions.wording import percent
from membership.causes import translated, yuan
from membership.models import (
    CountedSpending,
    Falling,
    LotState,
    MallItem,
    MoveReason,
    PointLot,
    SpendingState,
    TierMove,
    TierStep,
)
from membership.ports import Moved, WhyStep, moved_by, point_cause
from membership.selectors import LotEntry, SpendEntry


def waiting_for(lot: PointLot) -> WhyStep:
    """Tell where a lot stands now, or what it waits for."""
    if lot.state == LotState.REVOKED:
        return WhyStep(_("Taken back"), _("What they were given for was refunded."))
    if lot.state == LotState.EXPIRED:
        lapsed = {"points": lot.lapsed}
        return WhyStep(_("Expired"), _("%(points)s points were not used in time.") % lapsed, lot.expires_at)
    if lot.state == LotState.ACTIVE:
        return WhyStep(_("Usable"), _life(lot), lot.expires_at)
    if lot.vests_at is None:
        return WhyStep(_("Waiting"), _("They become usable 9 days after the parcel is delivered."))
    return WhyStep(_("Waiting"), _("They become usable when the return window ends."), lot.vests_at)


def _life(lot: PointLot) -> str:
    extra = lot.life.get("extra_days")
    places = {"points": lot.remaining, "extra": extra}
    if extra:
        return _("%(points)s are left. Your level adds %(extra)s days; this is when they lapse.") % places
    return _("%(points)s are left. This is when they lapse.") % places


def why_lot(entry: LotEntry) -> list[WhyStep]:
    """Tell how a lot came about, everything that happened to it, and where it stands."""
    lot = entry.lot
    return [*why_made(lot), *_life_of(entry), waiting_for(lot)]


def why_made(lot: PointLot) -> list[WhyStep]:
    """Tell how a lot came about."""
    return point_cause(lot.cause).explain(lot.facts, lot.earned)


def _life_of(entry: LotEntry) -> Iterator[WhyStep]:
    lot = entry.lot
    if lot.life.get("vested_at") and lot.life["vested_at"] != lot.created_at.isoformat():
        at = datetime.fromisoformat(lot.life["vested_at"])
        yield WhyStep(_("Became usable"), _("The waiting time was over."), at)
    if lot.repaid:
        yield WhyStep(_("Repaid"), _("%(points)s points went for what you owed.") % {"points": lot.repaid})
    for part in entry.parts:
        places = {"points": part.amount, "place": _place(entry.places.get(part.spend_id))}
        yield WhyStep(_("Used"), _("%(points)s points for %(place)s") % places, part.spend.created_at)
        if part.restored > part.elsewhere:
            back = {"points": part.restored - part.elsewhere}
            yield WhyStep(_("Came back"), _("%(points)s points came back to this line.") % back)
    if lot.reversed:
        yield WhyStep(_("Taken back"), _("%(points)s points, because money went back.") % {"points": lot.reversed})
    for debt in entry.debts:
        places = {"points": debt.amount, "left": debt.amount - debt.repaid - debt.forgiven}
        yield WhyStep(_("Owed"), _("%(points)s of them were spent already; %(left)s are still owed.") % places)


def moved_of(entry: LotEntry | SpendEntry) -> Moved:
    """What moved points last: what they were given or used for, unless they came back, lapsed or were taken back."""
    if isinstance(entry, SpendEntry):
        if entry.spend.returned == entry.spend.amount:
            return Moved.RETURN
        return Moved.MALL if entry.spend.source_type == "mall" else Moved.ORDER
    if entry.lot.state == LotState.EXPIRED:
        return Moved.EXPIRY
    return Moved.RETURN if entry.lot.state == LotState.REVOKED else moved_by(entry.lot.cause)


def title_of_spend(entry: SpendEntry) -> str:
    """Name what points were used for."""
    return _("Used for %(place)s") % {"place": _place(entry.place)}


def why_spend(entry: SpendEntry) -> list[WhyStep]:
    """Tell what points were used for, from which lines they came, and what came back."""
    spend = entry.spend
    used = {"points": spend.amount, "place": _place(entry.place)}
    steps = [
        WhyStep(_("You used them"), _("%(points)s points for %(place)s") % used, spend.created_at),
        WhyStep(_("The rule"), _("What lapses soonest is used first.")),
    ]
    for part in sorted(entry.parts, key=lambda each: (each.lot.expires_at or each.lot.created_at, each.lot_id)):
        places = {"points": part.amount, "title": point_cause(part.lot.cause).title(part.lot.facts)}
        steps.append(WhyStep(_("Taken from"), _("%(points)s from “%(title)s”") % places, part.lot.created_at))
    if spend.returned:
        steps.append(WhyStep(_("Came back"), _("%(points)s points came back.") % {"points": spend.returned}))
    return steps


def why_progress(spending: Sequence[CountedSpending]) -> list[WhyStep]:
    """Tell which orders count for the level, and which will."""
    labels = {
        SpendingState.KEPT: _("Counts"),
        SpendingState.PENDING: _("Counts when the return window ends"),
        SpendingState.REVERSED: _("Refunded, does not count"),
    }
    return [
        WhyStep(
            labels[SpendingState(each.state)],
            _("Order %(number)s, %(amount)s") % {"number": each.order.number, "amount": yuan(each.amount_minor)},
            each.confirmed_at,
        )
        for each in spending
    ]


def title_of_move(move: TierMove) -> str:
    """Name what was decided about a level."""
    titles = {
        MoveReason.REACHED: _("Up to %(tier)s"),
        MoveReason.RENEWED: _("%(tier)s for another term"),
        MoveReason.FELL: _("Now %(tier)s"),
    }
    return titles[MoveReason(move.reason)] % {"tier": translated(move.to_tier.names)}


def why_move(move: TierMove) -> list[WhyStep]:
    """Tell the facts of a decision about a level, the version of the rule, and what it decided."""
    falling = {
        Falling.ONE_DOWN: _("At the end of a term at most one level down."),
        Falling.BALANCE_BASED: _("At the end of a term down to the level that is reached."),
        Falling.NONE: _("Nobody falls."),
    }
    counted = {"amount": yuan(move.kept_minor), "orders": move.orders_count}
    rule = _("Version %(version)s.") % {"version": move.policy_id}
    if move.reason == MoveReason.REACHED:
        rule += " " + _("Up at once, when amount and number of orders are reached.")
    else:
        rule += " " + falling[Falling(move.policy.falling)]
    return [
        WhyStep(_("What counted"), _("%(amount)s in %(orders)s kept orders since then") % counted, move.counted_from),
        WhyStep(_("The rule"), rule),
        WhyStep(pgettext("history", "Decided"), title_of_move(move), move.at),
    ]


def perks_of(step: TierStep) -> list[str]:
    """What a level gives, one sentence each, from the numbers of its step."""
    told = [_times_text(step)]
    if step.member_off_bps:
        told.append(_("Everything %(off)s cheaper") % {"off": percent(step.member_off_bps)})
    if step.free_shipping_per_month:
        told.append(_("Orders sent free each month: %(times)s") % {"times": step.free_shipping_per_month})
    if step.birthday_points:
        told.append(_("%(points)s points on your birthday") % {"points": step.birthday_points})
    if step.extra_days:
        told.append(_("Points live %(days)s days longer") % {"days": step.extra_days})
    return told


def _times_text(step: TierStep) -> str:
    if step.multiplier_bps == BASIS_POINTS:
        return _("Points on every order")
    return _("%(times)s times the points on every order") % {"times": f"{step.multiplier_bps / BASIS_POINTS:g}"}


def way_to(step: TierStep, *, window_days: int) -> str:
    """What exactly a level asks for."""
    places = {"amount": yuan(step.amount_minor), "orders": step.orders_count, "days": window_days}
    if not step.amount_minor:
        return _("From the first day")
    if step.orders_count < 2:
        return _("%(amount)s kept within %(days)s days") % places
    return _("%(amount)s kept within %(days)s days, in at least %(orders)s orders") % places


def why_not_points(*, is_signed_in: bool, keeps_away: bool, pending: int = 0, owed: int = 0) -> str:
    """Say why points cannot be used for a basket, and the way out."""
    if not is_signed_in:
        return _("Sign in to use your points.")
    if keeps_away:
        return _("This price does not go together with points. At another price they can be used.")
    if owed:
        return _("You owe %(points)s points for something that went back. What you earn next repays them.") % {
            "points": owed
        }
    if pending:
        return _("Your %(points)s points still wait for the end of a return window.") % {"points": pending}
    return _("You have no points yet. This order earns the first ones.")


def why_not_item(item: MallItem, *, taken: int, points: int, place: int, is_on_shelf: bool) -> str | None:
    """Say why a person cannot have an item of the mall now, and the way out."""
    if item.left == 0 or not is_on_shelf:
        return _("Nothing is left. New things come now and then.")
    if item.tier is not None and place < item.tier.position:
        return _("From %(tier)s on. Your level page says how to get there.") % {"tier": translated(item.tier.names)}
    if taken >= item.per_person:
        return _("You have had yours.")
    if points < item.points:
        return _("%(points)s points are missing. Check in or finish a task.") % {"points": item.points - points}
    return None


def _place(place: str | Mapping[str, str] | None) -> str:
    if isinstance(place, Mapping):
        return _("“%(name)s” in the points mall") % {"name": translated(place)}
    return _("order %(number)s") % {"number": place} if place else _("something")
