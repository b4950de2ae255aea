"""How parcels move, who carries them where, and when they arrive. No database, no clock."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core.clock import business_day
from backend.core.errors import InvalidInput
from backend.fulfilment.models import DeliveryWindow, ShipmentState, Verdict

S = ShipmentState

DISPATCH_WITHIN = timedelta(hours=48)
GRAMS_OF_A_PIECE = 500
OWN = "own"
DAYS_TO_CHOOSE = 7
LONGEST_NAME = 40
EARLY_CLOCK, LATE_CLOCK = timedelta(minutes=10), timedelta(days=30)

_ON_THE_WAY = frozenset({S.SHIPPED, S.IN_TRANSIT, S.OUT_FOR_DELIVERY, S.DELIVERED, S.EXCEPTION, S.RETURNED})
MOVES: Mapping[ShipmentState, frozenset[ShipmentState]] = {
    S.PACKED: _ON_THE_WAY | {S.CANCELLED},
    S.SHIPPED: _ON_THE_WAY - {S.SHIPPED},
    S.IN_TRANSIT: _ON_THE_WAY - {S.SHIPPED, S.IN_TRANSIT},
    S.OUT_FOR_DELIVERY: frozenset({S.IN_TRANSIT, S.DELIVERED, S.EXCEPTION, S.RETURNED}),
    S.EXCEPTION: frozenset({S.IN_TRANSIT, S.OUT_FOR_DELIVERY, S.DELIVERED, S.RETURNED}),
    S.DELIVERED: frozenset(),
    S.RETURNED: frozenset(),
    S.CANCELLED: frozenset(),
}
GONE = frozenset({S.SHIPPED, S.IN_TRANSIT, S.OUT_FOR_DELIVERY, S.DELIVERED, S.EXCEPTION})
LIVE = GONE | {S.PACKED}
MOVING = GONE - {S.DELIVERED}
HELD = (Verdict.UNKNOWN_PARCEL, Verdict.NOT_EXPECTED, Verdict.BAD_TIME, Verdict.BAD_SIGNATURE, Verdict.UNREADABLE)

# What the steps of a carrier mean. The later one in this order wins where two have the same time.
STATE_OF: Mapping[str, ShipmentState] = {
    "accepted": S.PACKED,
    "picked_up": S.SHIPPED,
    "arrived": S.IN_TRANSIT,
    "departed": S.IN_TRANSIT,
    "delayed": S.EXCEPTION,
    "damaged": S.EXCEPTION,
    "refused": S.EXCEPTION,
    "out_for_delivery": S.OUT_FOR_DELIVERY,
    "delivered": S.DELIVERED,
    "returned": S.RETURNED,
}
STEPS = tuple(STATE_OF)
# Steps after which a parcel that comes to the shop is in the carrier's hands, and no longer in the sender's.
IN_HAND = frozenset({"picked_up", "arrived", "departed", "delayed", "damaged", "out_for_delivery", "delivered"})
RETURN_TAKES_AT_MOST = timedelta(days=15)
STEP_LABELS: Mapping[str, Promise] = {
    "packed": _("Packed in our warehouse"),
    "accepted": _("The carrier has been told"),
    "picked_up": _("Picked up in %(place)s"),
    "arrived": _("Arrived at %(place)s"),
    "departed": _("Left %(place)s"),
    "delayed": _("Held up at %(place)s"),
    "damaged": _("Damaged at %(place)s; we are looking into it"),
    "refused": _("Nobody took it at %(place)s; it will be tried again"),
    "out_for_delivery": _("A courier in %(place)s is on the way to you"),
    "delivered": _("Delivered in %(place)s"),
    "returned": _("Came back to %(place)s"),
    "confirmed": _("You confirmed that it arrived"),
}
NOWHERE_LABELS: Mapping[str, Promise] = {
    "picked_up": _("Handed to the carrier"),
    "delivered": _("Delivered"),
    "returned": _("Came back to us"),
}


class Zone(StrEnum):
    """How far a province is from the warehouse in Hangzhou."""

    NEAR = "near"
    MIDDLE = "middle"
    FAR = "far"
    OVER_SEA = "over_sea"


_NEAR = {"浙江", "上海", "江苏", "安徽"}
_FAR = {"新疆", "西藏", "青海", "内蒙", "宁夏", "甘肃", "海南"}
_OVER_SEA = {"香港", "澳门", "台湾", "臺灣", "澳門"}


@dataclass(frozen=True, slots=True)
class Lane:
    """A carrier that goes to some zones with parcels up to a weight, and how many days it takes."""

    carrier: str
    zones: frozenset[Zone]
    most_grams: int
    least_days: int
    most_days: int


# The best first. The first that fits is chosen; staff may choose another of those that fit.
LANES = (
    Lane("deer", frozenset({Zone.NEAR}), 20_000, 1, 2),
    Lane("deer", frozenset({Zone.MIDDLE}), 20_000, 2, 3),
    Lane("elephant", frozenset({Zone.NEAR, Zone.MIDDLE}), 500_000, 2, 5),
    Lane("elephant", frozenset({Zone.FAR}), 500_000, 4, 7),
    Lane("elephant", frozenset({Zone.OVER_SEA}), 500_000, 6, 10),
    Lane(OWN, frozenset(Zone), 500_000, 2, 7),
)


AS_EVERYWHERE: Mapping[tuple[str, str], str] = {}


@dataclass(frozen=True, slots=True)
class Expectation:
    """When something will leave and arrive, and with whom."""

    carrier: str
    dispatch_by: datetime
    arrives_from: date
    arrives_until: date


def zone_of(province: str) -> Zone:
    """How far a province is, by the first two characters of its name."""
    start = province.strip()[:2]
    if start in _NEAR:
        return Zone.NEAR
    if start in _OVER_SEA:
        return Zone.OVER_SEA
    return Zone.FAR if start in _FAR else Zone.MIDDLE


def lanes_to(*, province: str, pieces: int, standings: Mapping[tuple[str, str], str] = AS_EVERYWHERE) -> list[Lane]:
    """Who can bring so many pieces there, the best first, one lane per carrier.

    `standings` say by carrier and region whom people take first or not at all; a pause never leaves nobody.
    """
    zone, grams = zone_of(province), pieces * GRAMS_OF_A_PIECE
    able = [lane for lane in LANES if zone in lane.zones and grams <= lane.most_grams]
    taken = [lane for lane in able if standings.get((lane.carrier, zone)) != "PAUSED"] or able
    fitting = sorted(taken, key=lambda lane: standings.get((lane.carrier, zone)) != "PREFERRED")
    return list({lane.carrier: lane for lane in reversed(fitting)}.values())[::-1] or [LANES[-1]]


def expectation(
    *,
    province: str,
    pieces: int,
    confirmed_at: datetime,
    standings: Mapping[tuple[str, str], str] = AS_EVERYWHERE,
) -> Expectation:
    """When an order that is confirmed at this moment leaves at the latest and arrives."""
    lane = lanes_to(province=province, pieces=pieces, standings=standings)[0]
    dispatch_by = confirmed_at + DISPATCH_WITHIN
    return Expectation(
        carrier=lane.carrier,
        dispatch_by=dispatch_by,
        arrives_from=business_day(confirmed_at) + timedelta(days=lane.least_days),
        arrives_until=business_day(dispatch_by) + timedelta(days=lane.most_days),
    )


def days_on_the_way(*, carrier: str, province: str, left_on: date) -> tuple[date, date]:
    """Between which days a parcel arrives that left on this one."""
    lanes = lanes_to(province=province, pieces=1)
    lane = next((each for each in lanes if each.carrier == carrier), lanes[0])
    return left_on + timedelta(days=lane.least_days), left_on + timedelta(days=lane.most_days)


def new_expectation(*, code: str, on: date, was: tuple[date, date]) -> tuple[date, date]:
    """What a step changes about the days on which a parcel is expected."""
    since, until = was
    if code in ("out_for_delivery", "delivered"):
        return on, on
    if STATE_OF.get(code) == S.EXCEPTION:
        return max(since, on + timedelta(days=1)), max(until, on) + timedelta(days=2)
    return max(since, on), max(until, on)


def slots(*, province: str, today: date) -> list[tuple[date, DeliveryWindow]]:
    """The times at which a parcel may be asked for; none where no courier keeps a time."""
    if zone_of(province) in (Zone.FAR, Zone.OVER_SEA):
        return []
    first = today + timedelta(days=1 + lanes_to(province=province, pieces=1)[0].least_days)
    return [(first + timedelta(days=day), window) for day in range(DAYS_TO_CHOOSE) for window in DeliveryWindow]


def is_legal(*, from_state: str, to_state: str) -> bool:
    """Say whether a parcel may move so."""
    return ShipmentState(to_state) in MOVES[ShipmentState(from_state)]


def latest_step(steps: Iterable[tuple[datetime, str]]) -> tuple[datetime, str] | None:
    """The step that counts: the newest by its own time, whatever the order in which the steps became known."""
    known = [step for step in steps if step[1] in STATE_OF]
    return max(known, key=lambda step: (step[0], STEPS.index(step[1])), default=None)


def is_possible_time(*, at: datetime, packed_at: datetime, now: datetime) -> bool:
    """Whether a carrier can have seen a parcel then: not in the future, not before there was a parcel."""
    return packed_at - timedelta(days=1) <= at <= now + EARLY_CLOCK and at >= now - LATE_CLOCK


def step_label(*, code: str, place: str, text: str) -> str:
    """Say a step in the reader's language; one that is not known is said in the carrier's own words."""
    if not place and code in NOWHERE_LABELS:
        return str(NOWHERE_LABELS[code])
    label = STEP_LABELS.get(code)
    if label is None or (not place and "%(place)s" in str(label)):
        return text or code
    return str(label) % {"place": place}


def label_retry(*, attempts: int, now: datetime) -> datetime:
    """When a carrier that did not answer is asked again."""
    return now + timedelta(seconds=min(600, 5 * 2 ** min(attempts, 7)))


@dataclass(frozen=True, slots=True)
class LineProgress:
    """One order line: how many were bought, given back, packed and on their way."""

    bought: int
    given_back: int
    packed: int
    gone: int
    delivered: int
    sku: str = ""

    @property
    def left(self) -> int:
        """How many are still to be packed."""
        return max(0, self.bought - self.given_back - self.packed - self.gone)


def check_codes(*, expected: Mapping[str, int], codes: Iterable[str]) -> tuple[str, Counter[str]]:
    """Compare the codes that a packer read with the pieces of a parcel: the first too many, and what is missing.

    Letters count the same whether they are large or small.
    """
    known = {sku.casefold(): sku for sku in expected}
    missing = Counter(expected)
    for code in codes:
        sku = known.get(code.strip().casefold())
        if sku is None or not missing[sku]:
            return code.strip(), missing
        missing[sku] -= 1
    return "", missing


def in_words(pieces: Mapping[str, int]) -> str:
    """Codes with their numbers, as a packer reads them."""
    return ", ".join(f"{sku} × {count}" if count > 1 else sku for sku, count in sorted(pieces.items()) if count)


def has_all_gone(lines: Sequence[LineProgress]) -> bool:
    """Whether nothing is left to pack or to send."""
    return any(line.gone for line in lines) and all(line.left == 0 and line.packed == 0 for line in lines)


def has_all_arrived(lines: Sequence[LineProgress]) -> bool:
    """Whether everything that left has arrived."""
    return has_all_gone(lines) and all(line.gone == line.delivered for line in lines)


def checked_name(text: str, field: str) -> str:
    """A carrier or a number that somebody typed.

    Raises: InvalidInput.
    """
    words = text.strip()
    if not 2 <= len(words) <= LONGEST_NAME:
        raise InvalidInput(field)
    return words
