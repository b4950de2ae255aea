"""Moderators and reporters at the same instant, each with a connection of their own."""

import time
from collections import Counter
from datetime import timedelta

from django.db import IntegrityError

from backend.core.ids import new_id
from community.moderation import actions, rules
from community.moderation.errors import CaseTaken, EvidenceChanged, LeaseLost, NothingToClaim
from community.moderation.models import AuditEntry, Case, CaseState, Decision, DecisionAction, Report, ReportCategory
from community.moderation.selectors import broken_audit_lines
from tests.factories.catalogue import NOON
from tests.factories.community import make_post
from tests.factories.membership import make_person
from tests.factories.moderation import REASONS, decided, make_case, make_moderator, make_report
from tests.support.races import all_at_once

MODERATORS, CASES = 12, 24


def decide(case, moderator, *, now=NOON, action=DecisionAction.REMOVE):
    return actions.decide_case(
        case_id=case.id,
        moderator_id=moderator.id,
        fence=case.fence,
        version=case.version,
        evidence_revision=case.evidence_revision,
        action=action,
        policy="P2",
        statement=REASONS,
        idempotency_key=new_id(),
        now=now,
    )


def report(reporter, post, category=ReportCategory.SPAM):
    return actions.report_content(
        reporter_id=reporter.id,
        kind="POST",
        target_id=post.id,
        category=category,
        idempotency_key=new_id(),
        now=NOON,
    )


def test_one_of_two_who_claim_the_same_case_gets_it(fresh_database):
    people = [make_moderator("Mo"), make_moderator("Max")]
    for _round in range(5):
        case = make_case()

        outcome = all_at_once(
            2,
            lambda me, case=case: actions.claim_case(
                case_id=case.id, moderator_id=people[me].id, is_senior=False, now=NOON
            ),
        )

        case.refresh_from_db()
        assert [each.lease_by_id for each in outcome.answers] == [case.lease_by_id]
        assert [type(each) for each in outcome.raised] == [CaseTaken]
        assert case.fence == 1


def test_control_looking_first_gives_the_same_case_to_both(fresh_database):
    people, case = [make_moderator("Mo"), make_moderator("Max")], make_case()

    def look_then_claim(me):
        found = Case.objects.get(pk=case.id)
        if found.lease_by_id:
            raise CaseTaken
        time.sleep(0.05)
        found.lease_by, found.lease_until = people[me], NOON + rules.LEASE
        found.save(update_fields=["lease_by", "lease_until"])

    outcome = all_at_once(2, look_then_claim)

    assert len(outcome.answers) == 2


def test_twelve_moderators_drain_a_queue_and_each_case_is_decided_once(fresh_database):
    author, people = make_person("Ali"), [make_moderator(f"Mo{number}") for number in range(MODERATORS)]
    for number in range(CASES):
        make_case(author, now=NOON + timedelta(hours=2 * number))
    stalled = actions.claim_next(moderator_id=make_moderator("Sleeper").id, is_senior=False, now=NOON)
    later = NOON + timedelta(days=3)

    def work(me):
        done = []
        while True:
            try:
                case = actions.claim_next(moderator_id=people[me].id, is_senior=False, now=later)
            except NothingToClaim:
                return done
            done.append(decide(case, people[me], now=later).case_id)

    outcome = all_at_once(MODERATORS, work)

    assert outcome.raised == []
    assert sorted(each for done in outcome.answers for each in done) == sorted(
        Case.objects.values_list("pk", flat=True)
    )
    assert Decision.objects.count() == AuditEntry.objects.count() == CASES
    assert broken_audit_lines() == []
    late = all_at_once(1, lambda _me: decide(stalled, stalled.lease_by, now=later))
    assert [type(each) for each in late.raised] == [LeaseLost]
    assert Decision.objects.count() == CASES


def test_control_a_queue_without_leases_decides_cases_twice(fresh_database):
    author, people = make_person("Ali"), [make_moderator(f"Mo{number}") for number in range(MODERATORS)]
    for number in range(3):
        make_case(author, now=NOON + timedelta(hours=2 * number))

    def take_the_first_open(me):
        while case := Case.objects.filter(state=CaseState.OPEN).order_by("-priority", "id").first():
            time.sleep(0.05)
            Decision.objects.create(
                case=case,
                action=DecisionAction.REMOVE,
                policy_id="P2",
                statement=REASONS,
                decided_by=people[me],
                at=NOON,
            )
            Case.objects.filter(pk=case.pk).update(state=CaseState.DECIDED)

    all_at_once(MODERATORS, take_the_first_open)

    assert max(Counter(Decision.objects.values_list("case", flat=True)).values()) > 1


def test_all_who_report_at_once_make_one_case(fresh_database):
    post = make_post(make_person("Ali"))
    people = [make_person(f"Reporter{number}") for number in range(5)]

    outcome = all_at_once(5, lambda me: report(people[me], post))

    assert outcome.raised == []
    case = Case.objects.get()
    assert (case.evidence_revision, Report.objects.filter(case=case).count()) == (5, 5)


def test_control_looking_for_a_case_without_its_name_opens_several(fresh_database):
    post = make_post(make_person("Ali"))

    def look_then_open(me):
        if Case.objects.filter(subject_id=post.id).exclude(state=CaseState.DECIDED).exists():
            return
        time.sleep(0.05)
        Case.objects.create(
            number=me, subject_kind="POST", subject_id=post.id, author_id=post.author_id, opened_at=NOON, sla_at=NOON
        )

    outcome = all_at_once(5, look_then_open)

    assert outcome.raised, "somebody must have met the constraint that is the last guard"
    assert {type(each) for each in outcome.raised} == {IntegrityError}


def test_reports_that_hide_a_post_together_remember_who_saw_it_before(fresh_database):
    for _round in range(4):
        post = make_post(make_person("Ali"))
        people = [make_person(f"Buyer{number}") for number in range(6)]

        all_at_once(6, lambda me, post=post, people=people: report(people[me], post, ReportCategory.UNLAWFUL))

        post.refresh_from_db()
        case = Case.objects.get(subject_id=post.id)
        assert (post.visibility, case.hidden_from) == ("QUARANTINED", "PUBLIC")


def test_a_report_and_a_decision_at_once_lose_nothing(fresh_database):
    mo = make_moderator()
    for _round in range(6):
        post = make_post(make_person("Ali"))
        make_report(post)
        bob = make_person("Bob")
        held = actions.claim_next(moderator_id=mo.id, is_senior=False, now=NOON)

        outcome = all_at_once(
            2,
            lambda me, post=post, bob=bob, held=held: (
                report(bob, post) if me else decide(held, mo, action=DecisionAction.ALLOW)
            ),
        )

        assert {type(each) for each in outcome.raised} <= {EvidenceChanged}
        waiting = Case.objects.filter(subject_id=post.id).exclude(state=CaseState.DECIDED)
        reported = Report.objects.get(reporter=bob)
        assert [case.id for case in waiting] == [reported.case_id]
        Case.objects.filter(pk=reported.case_id).update(lease_by=None, lease_until=None)
        decided(waiting.get(), by=mo)
