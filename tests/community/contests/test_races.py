"""Many at once in one contest; each guard stands beside what happens without it."""

import time

from community.contests import actions, rules
from community.contests.models import Contest, ContestEntry, ContestState, ContestVote
from membership.models import PointLot
from tests.factories.accounts import make_person
from tests.factories.contests import make_contest, make_entry
from tests.support.races import all_at_once

MANY = 12


def test_one_person_in_many_tabs_has_one_vote(fresh_database):
    contest, fan = make_contest(), make_person("Fan")
    entries = [make_entry(contest, make_person()) for _ in range(3)]

    outcome = all_at_once(
        MANY, lambda me: actions.vote(entry_id=entries[me % 3].pk, voter_id=fan.id, now=contest.starts_at)
    )

    assert outcome.raised == []
    assert ContestVote.objects.count() == 1
    assert sum(ContestEntry.objects.values_list("votes_count", flat=True)) == 1


def test_no_vote_of_many_people_is_lost(fresh_database):
    contest = make_contest()
    entry = make_entry(contest, make_person("Ali"))
    fans = [make_person() for _ in range(MANY)]

    outcome = all_at_once(MANY, lambda me: actions.vote(entry_id=entry.pk, voter_id=fans[me].id, now=contest.starts_at))

    assert outcome.raised == []
    assert ContestEntry.objects.get().votes_count == MANY


def test_control_counting_without_holding_the_entry_loses_votes(fresh_database):
    contest = make_contest()
    entry = make_entry(contest, make_person("Ali"))
    fans = [make_person() for _ in range(MANY)]

    def count_then_write(me: int) -> None:
        counted = ContestEntry.objects.get().votes_count
        ContestVote.objects.create(contest=contest, entry=entry, voter=fans[me], at=contest.starts_at)
        time.sleep(0.05)
        ContestEntry.objects.update(votes_count=counted + 1)

    all_at_once(MANY, count_then_write)

    assert ContestEntry.objects.get().votes_count < MANY


def test_many_workers_judge_a_contest_once(fresh_database):
    contest = make_contest(prizes=[300, 100])
    for _ in range(3):
        entry = make_entry(contest, make_person())
        actions.vote(entry_id=entry.pk, voter_id=make_person().id, now=contest.starts_at)
    due = contest.ends_at + rules.TIME_TO_LOOK

    outcome = all_at_once(MANY, lambda _me: actions.judge_contest(contest_id=contest.pk, now=due))

    assert outcome.raised == []
    assert outcome.answers.count(True) == 1
    assert sorted(PointLot.objects.values_list("earned", flat=True)) == [100, 300]
    campaign = Contest.objects.select_related("campaign").get().campaign
    assert (campaign.reserved_points, campaign.spent_points) == (0, 400)


def test_control_judging_without_holding_the_contest_judges_it_many_times(fresh_database):
    contest = make_contest(prizes=[300])
    judged = []

    def check_then_act(_me: int) -> None:
        if Contest.objects.get(pk=contest.pk).state == ContestState.OPEN:
            time.sleep(0.05)
            Contest.objects.filter(pk=contest.pk).update(state=ContestState.JUDGED, judged_at=contest.ends_at)
            judged.append(1)

    all_at_once(MANY, check_then_act)

    assert len(judged) > 1


def test_one_person_in_many_tabs_takes_part_once(fresh_database):
    contest, ali = make_contest(), make_person("Ali")
    entry = make_entry(contest, ali)
    ContestEntry.objects.all().delete()

    outcome = all_at_once(
        MANY,
        lambda _me: actions.enter_contest(
            contest_id=contest.pk, post_id=entry.post_id, author_id=ali.id, now=contest.starts_at
        ),
    )

    assert outcome.raised == []
    assert ContestEntry.objects.count() == 1
