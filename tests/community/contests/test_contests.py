"""Contests: prizes set aside first, one entry and one vote each, an order that anybody can count again."""

from datetime import timedelta

import pytest

from backend.core.errors import NotFound
from backend.messaging.models import Notification
from backend.promotions.actions import end_campaign, pause_campaign
from backend.promotions.errors import CampaignNotReady
from backend.promotions.models import Campaign, StopManner
from community.contests import actions, rules, selectors
from community.contests.errors import (
    ContestClosed,
    EnteredAlready,
    EntryNotFitting,
    NoVoteForOneself,
    PurchaseNeeded,
    VoterTooNew,
)
from community.contests.kinds import CONTEST
from community.contests.models import Contest, ContestEntry, ContestState, ContestVote
from community.forum.actions import change_post_visibility, delete_post
from community.forum.models import Visibility
from membership.models import LotState, PointLot
from membership.ports import point_cause
from tests.factories.accounts import make_person
from tests.factories.catalogue import make_picture
from tests.factories.community import make_post, make_topic
from tests.factories.contests import contest_rule, make_contest, make_entry
from tests.factories.promotions import make_campaign, make_running_campaign

pytestmark = pytest.mark.django_db


def voted(entry, *, by=1, now=None):
    """So many people vote for an entry."""
    for _ in range(by):
        actions.vote(entry_id=entry.pk, voter_id=make_person().id, now=now or entry.entered_at)


def after(contest):
    """When a contest is due to be judged."""
    return contest.ends_at + rules.TIME_TO_LOOK


def test_a_started_campaign_opens_its_contest_and_sets_the_prizes_aside():
    contest = make_contest(prizes=[300, 200, 100])

    assert contest.prizes == [300, 200, 100]
    assert selectors.phase_of(contest, contest.starts_at) == "OPEN"
    assert contest.campaign.reserved_points == 600


def test_a_budget_that_does_not_reach_for_the_prizes_keeps_the_campaign_from_starting():
    make_topic()

    with pytest.raises(CampaignNotReady) as refusal:
        make_running_campaign([contest_rule(prizes=[300, 200])], budget_points=400)

    assert refusal.value.problems[0]["field"] == "budgetPoints"
    assert not Contest.objects.exists()


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"topic": ""}, "topic"),
        ({"topic": "no-such-circle"}, "topic"),
        ({"topic": 7}, "topic"),
        ({"prizes": []}, "prizes"),
        ({"prizes": [100, 200]}, "prizes"),
        ({"prizes": [0]}, "prizes"),
        ({"prizes": [10_001]}, "prizes"),
        ({"prizes": ["100"]}, "prizes"),
        ({"prizes": [1] * 21}, "prizes"),
        ({"mustHaveBought": "yes"}, "mustHaveBought"),
        ({"leastVotes": 0}, "leastVotes"),
    ],
)
def test_parameters_out_of_range_are_problems(params, field):
    make_topic()

    problems = CONTEST.validate({"topic": "plants", "prizes": [100], **params})

    assert [problem.field for problem in problems] == [field]
    assert CONTEST.describe({"topic": "plants", "prizes": [100], **params}, "en")


def test_one_takes_part_with_one_post_and_a_repeat_answers_the_first():
    contest, ali = make_contest(), make_person("Ali")
    entry = make_entry(contest, ali)

    again = actions.enter_contest(contest_id=contest.pk, post_id=entry.post_id, author_id=ali.id, now=contest.starts_at)

    assert again.pk == entry.pk
    with pytest.raises(EnteredAlready):
        make_entry(contest, ali, title="第二盆")
    assert ContestEntry.objects.count() == 1


def test_a_post_without_a_picture_or_from_another_circle_cannot_take_part():
    contest, ali = make_contest(), make_person("Ali")
    bare = make_post(ali)
    elsewhere = make_post(ali, topic="books", picture_ids=[make_picture(owner_id=ali.id).id])

    for post in (bare, elsewhere):
        with pytest.raises(EntryNotFitting):
            actions.enter_contest(contest_id=contest.pk, post_id=post.pk, author_id=ali.id, now=contest.starts_at)

    assert not ContestEntry.objects.exists()


def test_somebody_elses_post_is_not_found():
    contest, ali = make_contest(), make_person("Ali")
    post = make_post(ali, picture_ids=[make_picture(owner_id=ali.id).id])

    with pytest.raises(NotFound):
        actions.enter_contest(
            contest_id=contest.pk, post_id=post.pk, author_id=make_person("Bo").id, now=contest.starts_at
        )


def test_a_contest_for_buyers_wants_a_verified_purchase():
    contest = make_contest(mustHaveBought=True)

    with pytest.raises(PurchaseNeeded):
        make_entry(contest, make_person("Ali"))


def test_before_after_and_during_a_pause_nothing_is_taken():
    contest, ali = make_contest(), make_person("Ali")
    post = make_post(ali, picture_ids=[make_picture(owner_id=ali.id).id])
    entering = {"contest_id": contest.pk, "post_id": post.pk, "author_id": ali.id}

    with pytest.raises(ContestClosed):
        actions.enter_contest(**entering, now=contest.starts_at - timedelta(seconds=1))
    with pytest.raises(ContestClosed):
        actions.enter_contest(**entering, now=contest.ends_at)
    campaign = Campaign.objects.get()
    pause_campaign(
        campaign_id=campaign.pk, version=campaign.version, actor_id=campaign.created_by_id, now=contest.starts_at
    )
    with pytest.raises(ContestClosed):
        actions.enter_contest(**entering, now=contest.starts_at)
    assert selectors.phase_of(Contest.objects.get(), contest.starts_at) == "PAUSED"


def test_a_vote_moves_to_another_entry_and_can_be_taken_back():
    contest, fan = make_contest(), make_person("Fan")
    first, second = make_entry(contest, make_person("Ali")), make_entry(contest, make_person("Bo"))
    now = contest.starts_at

    actions.vote(entry_id=first.pk, voter_id=fan.id, now=now)
    actions.vote(entry_id=second.pk, voter_id=fan.id, now=now)

    assert list(ContestEntry.objects.order_by("pk").values_list("votes_count", flat=True)) == [0, 1]
    actions.take_vote_back(contest_id=contest.pk, voter_id=fan.id, now=now)
    actions.take_vote_back(contest_id=contest.pk, voter_id=fan.id, now=now)
    assert not ContestVote.objects.exists()
    assert set(ContestEntry.objects.values_list("votes_count", flat=True)) == {0}


def test_nobody_votes_for_the_own_entry_or_with_an_account_younger_than_the_contest():
    contest, ali = make_contest(), make_person("Ali")
    entry = make_entry(contest, ali)
    young = make_person("New", now=contest.starts_at + timedelta(minutes=1))

    with pytest.raises(NoVoteForOneself):
        actions.vote(entry_id=entry.pk, voter_id=ali.id, now=contest.starts_at)
    with pytest.raises(VoterTooNew):
        actions.vote(entry_id=entry.pk, voter_id=young.id, now=contest.starts_at + timedelta(hours=1))

    assert not ContestVote.objects.exists()


def test_the_most_votes_win_and_of_equals_the_one_that_was_there_first(deliver_outbox):
    contest = make_contest(prizes=[300, 100])
    start = contest.starts_at
    late = make_entry(contest, make_person("Late"), now=start + timedelta(hours=2))
    early = make_entry(contest, make_person("Early"), now=start + timedelta(hours=1))
    best = make_entry(contest, make_person("Best"), now=start + timedelta(hours=3))
    alone = make_entry(contest, make_person("Alone"), now=start + timedelta(hours=3))
    voted(late, by=2)
    voted(early, by=2)
    voted(best, by=3)

    assert actions.judge_due_contests(now=after(contest)) == 1

    ranks = dict(ContestEntry.objects.values_list("pk", "rank"))
    assert ranks == {best.pk: 1, early.pk: 2, late.pk: 3, alone.pk: None}
    lots = PointLot.objects.filter(cause="contest").order_by("-earned")
    assert [(lot.user_id, lot.earned) for lot in lots] == [(best.author_id, 300), (early.author_id, 100)]
    campaign = Campaign.objects.get()
    assert (campaign.reserved_points, campaign.spent_points) == (0, 400)
    deliver_outbox()
    assert Notification.objects.filter(kind="contest_placed").count() == 2


def test_what_nobody_won_goes_back_to_the_campaign():
    contest = make_contest(prizes=[300, 100], leastVotes=2)
    entry = make_entry(contest, make_person("Ali"))
    voted(entry, by=1)

    actions.judge_due_contests(now=after(contest))

    assert ContestEntry.objects.get().rank is None
    campaign = Campaign.objects.get()
    assert (campaign.reserved_points, campaign.spent_points) == (0, 0)


def test_a_hidden_post_takes_no_rank():
    contest = make_contest(prizes=[300])
    hidden, shown = make_entry(contest, make_person("Ali")), make_entry(contest, make_person("Bo"))
    voted(hidden, by=3)
    voted(shown, by=1)
    change_post_visibility(post_id=hidden.post_id, visibility=Visibility.QUARANTINED, now=contest.starts_at)

    actions.judge_due_contests(now=after(contest))

    assert dict(ContestEntry.objects.values_list("pk", "rank")) == {hidden.pk: None, shown.pk: 1}


def test_a_post_that_is_removed_afterwards_gives_its_prize_back(deliver_outbox):
    contest = make_contest(prizes=[300])
    entry = make_entry(contest, make_person("Ali"))
    voted(entry)
    actions.judge_due_contests(now=after(contest))

    delete_post(post_id=entry.post_id, author_id=entry.author_id, now=after(contest))
    deliver_outbox()

    lot = PointLot.objects.get(cause="contest")
    assert (lot.remaining, lot.state) == (0, LotState.REVOKED)


def test_a_campaign_that_ends_early_closes_the_contest_and_the_prizes_are_paid():
    contest = make_contest(prizes=[300])
    entry = make_entry(contest, make_person("Ali"))
    voted(entry)
    campaign, now = Campaign.objects.get(), contest.starts_at + timedelta(hours=1)

    end_campaign(
        campaign_id=campaign.pk,
        stop_manner=StopManner.LET_FINISH,
        actor_id=campaign.created_by_id,
        now=now,
    )
    actions.judge_due_contests(now=now + rules.TIME_TO_LOOK)

    closed = Contest.objects.get()
    assert (closed.ends_at, closed.state) == (now, ContestState.JUDGED)
    assert PointLot.objects.get(cause="contest").earned == 300


def test_why_a_prize_was_given_can_be_told_and_counted_again():
    contest = make_contest(prizes=[300, 100])
    first, second = make_entry(contest, make_person("Ali")), make_entry(contest, make_person("Bo"))
    voted(first, by=2)
    voted(second, by=1)
    actions.judge_due_contests(now=after(contest))

    cause = point_cause("contest")

    for lot in PointLot.objects.filter(cause="contest"):
        assert cause.recompute(lot.facts) == lot.earned
        assert [step.label for step in cause.explain(lot.facts, lot.earned)]


def test_a_draft_opens_no_contest():
    make_topic()

    make_campaign([contest_rule()], budget_points=1_000)

    assert not Contest.objects.exists()
