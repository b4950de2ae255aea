"""The life of a reward: it waits, is looked at, is given, is taken back, and says why."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from backend.core.errors import InvalidInput, NotFound
from backend.core.money import Money
from backend.core.outbox.models import OutboxEvent
from backend.ledger.selectors import balance
from backend.promotions.errors import BudgetExhausted
from backend.promotions.models import Campaign
from membership.actions import reduce_order, start_return_window, vest_points
from membership.actions.count_spending import count_order
from membership.models import Deed
from referrals.invites import actions, selectors
from referrals.invites.errors import ObjectionTooLate, OwnReward, RewardStateRefuses
from referrals.invites.models import FraudRule, InviteReward, MissedReward, RewardState
from tests.factories.catalogue import NOON
from tests.factories.membership import make_confirmed_order, make_person
from tests.factories.referrals import VISITOR, make_invite_campaign, make_link

pytestmark = pytest.mark.django_db

LONG_AGO = NOON - timedelta(days=2)


def pending(person):
    return balance(kind="points_pending", owner_id=person.id)


def brought(ali, name="Bob"):
    bob = make_person(name)
    actions.bind_invitee(invitee_id=bob.id, link=make_link(ali), clicked_at=LONG_AGO, now=LONG_AGO)
    return bob


def reward(bob, **more):
    order = make_confirmed_order(buyer_id=bob.id, **more)
    return {(each.side, each.level): each for each in actions.reward_invite(order_id=order.id, now=NOON)}


def share_device(*people):
    link = make_link(make_person("Lin"))
    for hours, person in enumerate(people):
        actions.record_click(
            link=link, visitor=VISITOR, agent="", is_bot=False, now=NOON - timedelta(hours=hours), user_id=person.id
        )


def share_phone(*people):
    for person in people:
        order = make_confirmed_order(buyer_id=person.id, now=NOON - timedelta(days=1))
        type(order).objects.filter(pk=order.pk).update(address={"phone": "+8613900139000"}, confirmed_at=None)


def held_pair(**campaign):
    make_invite_campaign(inviter=50, invitee=20, **{"budget_points": 1000, **campaign})
    ali = make_person("Ali")
    bob = brought(ali)
    share_phone(ali, bob)
    return ali, bob, reward(bob)


def counters():
    found = Campaign.objects.get()
    return found.reserved_points, found.spent_points


def test_an_honest_reward_waits_and_is_given_when_the_order_is_kept():
    make_invite_campaign(inviter=50, invitee=20, budget_points=1000)
    ali = make_person("Ali")
    bob = brought(ali)
    found = reward(bob)[("INVITER", 1)]
    count_order(order_id=found.order_id, now=NOON)
    start_return_window(order_id=found.order_id, delivered_at=NOON)

    vest_points(now=NOON + timedelta(days=30))
    settled = actions.settle_vested_lot(lot_id=found.lot_id, now=NOON + timedelta(days=30))

    assert (found.state, found.score, found.evidence) == (RewardState.PENDING, 0, [])
    assert settled is not None
    assert (settled.state, settled.issued_at) == (RewardState.ISSUED, NOON + timedelta(days=30))
    moves = [(move.from_state, move.to_state) for move in selectors.moves_of([found.pk])[found.pk]]
    assert moves == [("", "PENDING"), ("PENDING", "VESTED"), ("VESTED", "ISSUED")]
    assert selectors.rewards_that_disagree() == []


def test_a_friend_who_kept_the_first_order_counts_once_for_who_brought_them(deliver_outbox):
    make_invite_campaign(inviter=50, invitee=20, budget_points=1000)
    ali = make_person("Ali")
    bob = brought(ali)
    found = reward(bob)[("INVITER", 1)]
    count_order(order_id=found.order_id, now=NOON)
    start_return_window(order_id=found.order_id, delivered_at=NOON)
    vest_points(now=NOON + timedelta(days=30))

    deliver_outbox()

    deed = Deed.objects.get(fact="FRIEND")
    assert (deed.user_id, deed.source_id) == (ali.id, bob.id)


def test_one_phone_on_both_sides_is_held_with_its_evidence_and_the_budget_keeps_the_points():
    ali, bob, found = held_pair()

    inviter = found[("INVITER", 1)]
    assert {each.state for each in found.values()} == {RewardState.HELD}
    assert inviter.evidence == [{"rule": "same_phone", "points": 60, "seen": 1}]
    assert (inviter.lot_id, inviter.held_until) == (None, NOON + timedelta(days=3))
    assert (pending(ali), pending(bob)) == (0, 0)
    assert counters() == (70, 0)
    assert OutboxEvent.objects.filter(name="RewardMoved").count() == 2


def test_the_desk_releases_and_the_points_wait_like_any_other():
    ali, _bob, found = held_pair()
    clerk = make_person("Clerk")

    released = actions.decide_reward(
        reward_id=found[("INVITER", 1)].pk, is_released=True, note="Two flatmates", by=clerk.id, now=NOON
    )

    assert (released.state, released.decided_by_id, released.note) == ("PENDING", clerk.id, "Two flatmates")
    assert pending(ali) == 50
    assert counters() == (20, 50)
    assert selectors.rewards_that_disagree() == []


def test_the_desk_rejects_with_a_reason_and_may_think_better_of_it():
    ali, _bob, found = held_pair()
    clerk = make_person("Clerk")
    held = found[("INVITER", 1)]

    rejected = actions.decide_reward(reward_id=held.pk, is_released=False, note="One person", by=clerk.id, now=NOON)
    after_rejecting = counters()
    actions.decide_reward(reward_id=held.pk, is_released=True, note="They called", by=clerk.id, now=NOON)

    assert (rejected.state, after_rejecting) == ("REJECTED", (20, 0))
    assert pending(ali) == 50
    assert counters() == (20, 50)


def test_nobody_decides_without_a_reason_nor_about_their_own_invitation():
    ali, bob, found = held_pair()
    held = found[("INVITER", 1)]

    for by, note, refusal in (
        (make_person("Clerk"), "  ", InvalidInput),
        (ali, "mine", OwnReward),
        (bob, "my friend's", OwnReward),
    ):
        with pytest.raises(refusal):
            actions.decide_reward(reward_id=held.pk, is_released=True, note=note, by=by.id, now=NOON)

    assert set(InviteReward.objects.values_list("state", flat=True)) == {"HELD"}
    assert counters() == (70, 0)


def test_what_is_rejected_while_it_waits_loses_its_points_for_good():
    make_invite_campaign(inviter=50, invitee=20, budget_points=1000)
    ali = make_person("Ali")
    found = reward(brought(ali))[("INVITER", 1)]
    clerk = make_person("Clerk")

    actions.decide_reward(reward_id=found.pk, is_released=False, note="One person", by=clerk.id, now=NOON)
    with pytest.raises(RewardStateRefuses):
        actions.decide_reward(reward_id=found.pk, is_released=True, note="No", by=clerk.id, now=NOON)

    assert pending(ali) == 0
    assert counters() == (0, 20)
    assert selectors.rewards_that_disagree() == []


def test_at_its_deadline_a_hold_is_released_only_if_little_speaks_against_it():
    ali, bob, _found = held_pair()
    strong = brought(ali, "Carol")
    share_phone(strong)
    share_device(ali, strong)
    reward(strong)

    early = actions.release_due_rewards(now=NOON + timedelta(days=2))
    released = actions.release_due_rewards(now=NOON + timedelta(days=3))

    assert (early, released) == (0, 2)
    states = dict(InviteReward.objects.values_list("binding_id", "state"))
    assert states == {bob.id: "PENDING", strong.id: "HELD"}


def test_what_is_surely_one_person_is_refused_with_a_reason_and_may_be_objected_to_once():
    FraudRule.objects.create(
        version=3, weights=FraudRule.objects.get(pk=2).weights, hold_from=10, reject_from=60, release_below=50,
        review_days=3, valid_from=NOON,
    )  # fmt: skip
    ali, bob, found = held_pair()
    refused = found[("INVITER", 1)]
    assert (refused.state, refused.note, counters()) == ("REJECTED", "rule", (0, 0))

    with pytest.raises(NotFound):
        actions.object_to_rejection(reward_id=refused.pk, user_id=bob.id, note="Look again", now=NOON)
    again = actions.object_to_rejection(reward_id=refused.pk, user_id=ali.id, note="We share a flat", now=NOON)
    clerk = make_person("Clerk")
    actions.decide_reward(reward_id=refused.pk, is_released=False, note="No", by=clerk.id, now=NOON)
    with pytest.raises(ObjectionTooLate):
        actions.object_to_rejection(reward_id=refused.pk, user_id=ali.id, note="Once more", now=NOON)

    assert (again.state, again.objection) == ("HELD", "We share a flat")
    assert actions.release_due_rewards(now=NOON + timedelta(days=9)) == 0


def test_a_refund_takes_back_what_was_given_what_waits_and_what_is_held():
    ali, bob, found = held_pair()
    actions.decide_reward(
        reward_id=found[("INVITER", 1)].pk, is_released=True, note="ok", by=make_person("Clerk").id, now=NOON
    )
    order_id = found[("INVITER", 1)].order_id

    reduce_order(order_id=order_id, refunded=Money(3990), now=NOON)
    for _again in range(2):
        actions.reverse_rewards(order_id=order_id, refunded_minor=3990, now=NOON)

    assert set(InviteReward.objects.values_list("state", flat=True)) == {"REVERSED"}
    assert (pending(ali), pending(bob), counters()) == (0, 0, (0, 0))
    assert selectors.rewards_that_disagree() == []


def test_a_partial_refund_takes_a_reward_only_below_the_least_order():
    make_invite_campaign(inviter=50, invitee=20, minOrderMinor=3000)
    found = reward(brought(make_person("Ali")))[("INVITER", 1)]

    actions.reverse_rewards(order_id=found.order_id, refunded_minor=990, now=NOON)
    kept = InviteReward.objects.get(pk=found.pk).state
    actions.reverse_rewards(order_id=found.order_id, refunded_minor=991, now=NOON)

    assert (kept, InviteReward.objects.get(pk=found.pk).state) == ("PENDING", "REVERSED")


@pytest.mark.parametrize(
    ("params", "goods", "reason"),
    [
        ({"minOrderMinor": 4000}, 3990, "below_least_order"),
        ({"windowDays": 1}, 3990, "outside_window"),
        ({"budget_points": 69}, 3990, "budget_exhausted"),
    ],
)
def test_why_not_is_kept_for_both(params, goods, reason):
    make_invite_campaign(inviter=50, invitee=20, **params)

    assert reward(brought(make_person("Ali")), goods_minor=goods) == {}

    assert MissedReward.objects.get().reason == reason
    assert not InviteReward.objects.exists()


def test_the_cap_counts_friends_and_a_refund_gives_the_place_back():
    make_invite_campaign(inviter=50, invitee=20, perInviterCap=1)
    ali = make_person("Ali")
    first = reward(brought(ali))
    assert reward(brought(ali, "Carol")) == {}
    actions.reverse_rewards(order_id=first[("INVITER", 1)].order_id, refunded_minor=3990, now=NOON)

    assert len(reward(brought(ali, "Dan"))) == 2
    assert MissedReward.objects.get().reason == "cap_reached"


def test_the_second_level_is_whoever_stood_there_when_the_friend_signed_up():
    make_invite_campaign(inviter=50, invitee=20, secondLevelPoints=10)
    top = make_person("Top")
    ali = brought(top, "Ali")
    bob = brought(ali)

    found = reward(bob)

    assert found[("INVITER", 2)].beneficiary_id == top.id
    assert (pending(top), pending(ali), pending(bob)) == (10, 50, 20)
    assert selectors.rewards_that_disagree() == []


def test_the_database_knows_no_third_level():
    make_invite_campaign(inviter=50, invitee=20)
    found = reward(brought(make_person("Ali")))[("INVITER", 1)]

    with pytest.raises(IntegrityError, match="two_levels"), transaction.atomic():
        InviteReward.objects.filter(pk=found.pk).update(level=3)


def test_the_auditor_finds_a_reward_that_its_facts_do_not_give():
    make_invite_campaign(inviter=50, invitee=20)
    found = reward(brought(make_person("Ali")))[("INVITER", 1)]
    InviteReward.objects.filter(pk=found.pk).update(points=500)

    assert any(str(found.pk) in sentence for sentence in selectors.rewards_that_disagree())


def test_a_released_objection_needs_budget():
    FraudRule.objects.create(
        version=3, weights=FraudRule.objects.get(pk=2).weights, hold_from=10, reject_from=60, release_below=50,
        review_days=3, valid_from=NOON,
    )  # fmt: skip
    ali, _bob, found = held_pair(budget_points=70)
    Campaign.objects.update(spent_points=70)

    with pytest.raises(BudgetExhausted):
        actions.object_to_rejection(reward_id=found[("INVITER", 1)].pk, user_id=ali.id, note="Please", now=NOON)

    assert InviteReward.objects.get(pk=found[("INVITER", 1)].pk).state == "REJECTED"


def test_a_campus_counts_for_nothing_once_the_desk_says_so():
    make_invite_campaign(inviter=50, invitee=20)
    ali = make_person("Ali")
    bob = brought(ali)
    for person in (ali, bob):
        order = make_confirmed_order(buyer_id=person.id, now=NOON - timedelta(days=1))
        type(order).objects.filter(pk=order.pk).update(
            address={"province": "浙江省", "city": "杭州市", "line": "余杭塘路 866 号"}, confirmed_at=None
        )
    actions.note_identifiers(people=[ali.id, bob.id], now=NOON)
    before = selectors.pair_facts([(bob.id, ali.id)])[bob.id].shared

    actions.allow_place(kind="ADDRESS", text="浙江省杭州市余杭塘路 866", note="A campus", by=ali.id, now=NOON)

    assert before == ("address",)
    assert selectors.pair_facts([(bob.id, ali.id)])[bob.id].shared == ()


def test_a_backtest_names_those_who_would_stand_elsewhere():
    _ali, _bob, found = held_pair()

    more, fewer, moved = selectors.backtest(hold_from=61, reject_from=120, now=NOON + timedelta(days=1))

    assert (more, fewer) == (0, 2)
    assert {each.pk for each in moved} == {each.pk for each in found.values()}


def test_similar_cases_are_those_who_share_something_or_the_inviter():
    ali, _bob, found = held_pair()
    carol = brought(ali, "Carol")
    share_phone(carol)
    other = reward(carol)

    similar = selectors.similar_cases(found[("INVITER", 1)])

    assert {each.pk for each in similar} == {each.pk for each in other.values()}
    assert "ring" in {finding["rule"] for finding in other[("INVITER", 1)].evidence}
