"""How carriers do, who is taken first and who is paused, always with a reason and never nobody."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from backend.core.errors import InvalidInput
from backend.fulfilment.actions import take_notice
from backend.fulfilment.rules import Zone, lanes_to
from backend.fulfilment.selectors import expected_delivery
from backend.quality import actions, errors
from backend.quality.models import CarrierStanding
from backend.quality.selectors.carriers import on_time, scorecards, standings_in_force
from tests.factories.aftersales import make_agent
from tests.factories.fulfilment import make_sent_parcel, make_tracking
from tests.factories.orders import LATER
from tests.factories.payments import make_paid_order
from tests.surveys.given import BEST, answer, invite, make_delivery

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def set_it(carrier="deer", zone="near", standing="PAUSED", reason="总是晚到", at=LATER):
    return actions.set_standing(
        carrier=carrier, zone=zone, standing=standing, reason=reason, actor_id=make_agent("Sue").id, now=at
    )


def test_on_time_is_by_the_last_day_that_the_way_promises():
    for days in (1, 2, 3):
        make_delivery(days=days)

    share = on_time(since=LATER, until=LATER + 9 * DAY)["deer"]

    assert (share.part, share.count) == (2, 3)


def test_the_scorecard_knows_legs_trouble_and_what_people_say():
    parcel = make_sent_parcel(make_paid_order().order)
    for hours, code in ((10, "delayed"), (20, "out_for_delivery"), (24, "delivered")):
        at = LATER + timedelta(hours=hours)
        take_notice(notice=make_tracking(parcel, code, at=at), now=at)
    parcel.refresh_from_db()
    answer(invite(parcel), faces=BEST)

    card = next(card for card in scorecards(days=28, now=LATER + 3 * DAY) if card.carrier == "deer")

    assert (card.trouble.part, card.trouble.count) == (1, 1)
    assert (card.road_hours, card.door_hours) == (20.0, 4.0)
    assert (card.marks.share.value, card.marks.means()["attitude"]) == (1.0, 5.0)
    assert (card.on_time.is_too_few, card.rank) == (True, None)


def test_carriers_are_ranked_by_what_is_certain():
    for _ in range(10):
        make_delivery(days=1)
        make_delivery(days=9, carrier="elephant")

    ranks = {card.carrier: card.rank for card in scorecards(days=28, now=LATER + 10 * DAY)}

    assert (ranks["deer"], ranks["elephant"], ranks["own"]) == (1, 2, None)


def test_a_paused_carrier_is_not_taken_and_a_preferred_one_comes_first():
    set_it("deer", standing="PAUSED")
    paused = expected_delivery(province="浙江省", pieces=1, now=LATER)
    set_it("own", standing="PREFERRED", reason="自己送更快")

    first = expected_delivery(province="浙江省", pieces=1, now=LATER)
    elsewhere = expected_delivery(province="四川省", pieces=1, now=LATER)

    assert (paused.carrier, first.carrier, elsewhere.carrier) == ("elephant", "own", "deer")


def test_the_usual_order_holds_again_and_every_decision_is_kept():
    set_it(standing="PAUSED")
    set_it(standing=None, reason="已经谈过", at=LATER + DAY)

    assert standings_in_force() == {}
    kept = CarrierStanding.objects.get()
    assert (kept.standing, kept.ended_at) == ("PAUSED", LATER + DAY)
    assert expected_delivery(province="浙江省", pieces=1, now=LATER).carrier == "deer"


def test_one_carrier_is_first_in_a_region():
    set_it("deer", standing="PREFERRED")
    set_it("elephant", standing="PREFERRED")

    assert standings_in_force() == {("elephant", "near"): "PREFERRED"}
    with pytest.raises(IntegrityError), transaction.atomic():
        CarrierStanding.objects.create(
            carrier="own", zone="near", standing="PREFERRED", reason="x", set_by=make_agent("Tom"), set_at=LATER
        )


def test_somebody_always_goes_there():
    set_it("deer")
    set_it("elephant")

    with pytest.raises(errors.NobodyLeft):
        set_it("own")

    assert CarrierStanding.objects.filter(ended_at=None).count() == 2
    assert lanes_to(province="浙江省", pieces=1, standings=dict.fromkeys(
        [(carrier, Zone.NEAR) for carrier in ("deer", "elephant", "own")], "PAUSED"
    ))  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [{"carrier": "nobody"}, {"zone": "moon"}, {"zone": "over_sea"}, {"standing": "LOVED"}, {"reason": " "}],
)
def test_a_decision_names_a_carrier_that_goes_there_and_says_why(wrong):
    with pytest.raises(InvalidInput):
        set_it(**wrong)

    assert not CarrierStanding.objects.exists()
