"""Decisions, and taking them back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from backend.core.errors import InvalidInput, KeyReused, NotAllowed, NotFound
from backend.core.ids import new_id
from backend.core.outbox.models import OutboxEvent
from backend.messaging.models import Notification
from community.forum.actions import change_post_visibility, delete_post
from community.forum.models import Comment, Post, PostLike, PostPicture, Topic, Visibility
from community.moderation import actions, rules, selectors
from community.moderation.errors import (
    ConflictOfInterest,
    EvidenceChanged,
    LeaseLost,
    NothingToClaim,
    NotReversible,
    PolicyUnknown,
    ReasonsNeeded,
)
from community.moderation.models import AuditEntry, Case, CaseState, Decision, DecisionAction, ReportCategory
from tests.factories.catalogue import NOON, make_picture
from tests.factories.community import make_comment, make_post
from tests.factories.membership import make_person
from tests.factories.moderation import (
    REASONS,
    decided,
    make_case,
    make_moderator,
    make_report,
    make_senior,
    taken_back,
)

pytestmark = pytest.mark.django_db
LATE = NOON + rules.LEASE + timedelta(seconds=1)


def claimed(case, moderator, now=NOON, *, is_senior=False):
    return actions.claim_case(case_id=case.id, moderator_id=moderator.id, is_senior=is_senior, now=now)


def decide(held, moderator, **changes):
    request = {
        "case_id": held.id,
        "moderator_id": moderator.id,
        "fence": held.fence,
        "version": held.version,
        "evidence_revision": held.evidence_revision,
        "action": DecisionAction.REMOVE,
        "policy": "P2",
        "statement": REASONS,
        "idempotency_key": new_id(),
        "now": NOON,
    }
    return actions.decide_case(**(request | changes))


def rows_of(post):
    """Every row that hiding could touch."""
    return [list(model.objects.order_by("pk").values()) for model in (Post, PostPicture, PostLike, Comment, Topic)]


def nothing_was_decided() -> bool:
    told = OutboxEvent.objects.filter(name="CaseDecided").count()
    return Decision.objects.count() == AuditEntry.objects.count() == told == 0


@pytest.mark.parametrize(
    ("action", "visibility"),
    [
        (DecisionAction.ALLOW, Visibility.PUBLIC),
        (DecisionAction.LIMIT, Visibility.LIMITED),
        (DecisionAction.QUARANTINE, Visibility.QUARANTINED),
        (DecisionAction.REMOVE, Visibility.REMOVED),
    ],
)
def test_each_action_does_what_it_says_and_is_taken_back_row_for_row(action, visibility):
    ali, mo = make_person("Ali"), make_moderator()
    post = make_post(ali, picture_ids=[make_picture(owner_id=ali.id).id])
    make_comment(make_person("Bob"), post)
    case = make_report(post).case
    before = rows_of(post)

    decision = decided(case, by=mo, action=action)

    assert Post.objects.get().visibility == visibility
    assert Case.objects.get().state == CaseState.DECIDED
    taken_back(decision, by=mo)
    assert rows_of(post) == before


def test_a_comment_is_decided_and_taken_back_row_for_row():
    post, mo = make_post(make_person("Ali")), make_moderator()
    comment = make_comment(make_person("Bob"), post)
    case = make_report(comment).case
    before = rows_of(post)

    decision = decided(case, by=mo)

    assert Post.objects.get().comments_count == 0
    taken_back(decision, by=mo)
    assert rows_of(post) == before


def test_a_repeat_with_the_same_key_answers_the_first_decision():
    mo, key = make_moderator(), new_id()
    held = claimed(make_case(), mo)

    decisions = {decide(held, mo, idempotency_key=key).id for _ in range(2)}

    assert len(decisions) == Decision.objects.count() == AuditEntry.objects.count() == 1
    with pytest.raises(KeyReused):
        decide(held, mo, idempotency_key=key, action=DecisionAction.ALLOW)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"statement": "太短"}, ReasonsNeeded),
        ({"statement": " " * 40}, ReasonsNeeded),
        ({"policy": "P99"}, PolicyUnknown),
        ({"action": "BURN"}, InvalidInput),
        ({"action": DecisionAction.REVERSE}, InvalidInput),
        ({"fence": 99}, LeaseLost),
        ({"version": 99}, LeaseLost),
        ({"now": LATE}, LeaseLost),
        ({"evidence_revision": 99}, EvidenceChanged),
        ({"case_id": new_id()}, NotFound),
    ],
)
def test_a_decision_that_cannot_stand_is_refused_and_changes_nothing(changes, refusal):
    mo = make_moderator()
    held = claimed(make_case(), mo)

    with pytest.raises(refusal):
        decide(held, mo, **changes)

    assert nothing_was_decided()
    assert Post.objects.get().visibility == Visibility.PUBLIC
    assert Case.objects.get().state == CaseState.OPEN


@pytest.mark.parametrize("statement", ["", "太短", " " * 40])
def test_the_database_refuses_a_decision_without_reasons(statement):
    case, mo = make_case(), make_moderator()

    with pytest.raises(IntegrityError, match="decision_has_its_reasons"), transaction.atomic():
        Decision.objects.create(
            case=case, action=DecisionAction.REMOVE, policy_id="P2", statement=statement, decided_by=mo, at=NOON
        )

    assert Decision.objects.count() == 0


def test_whoever_lost_the_case_to_another_changes_nothing():
    case, mo, max_ = make_case(), make_moderator(), make_moderator("Max")
    lost = claimed(case, mo)
    claimed(case, max_, now=LATE)

    with pytest.raises(LeaseLost):
        decide(lost, mo, now=LATE)

    assert nothing_was_decided()


def test_a_new_report_asks_for_another_look():
    mo, post = make_moderator(), make_post(make_person("Ali"))
    held = claimed(make_report(post).case, mo)
    make_report(post)

    with pytest.raises(EvidenceChanged) as refused:
        decide(held, mo)

    assert refused.value.evidence_revision == 2
    assert nothing_was_decided()
    decide(held, mo, evidence_revision=2)


def test_nobody_decides_about_themselves_or_their_own_report():
    author, reporter = make_moderator("Author"), make_moderator("Reporter")
    post = make_post(author)
    case = make_report(post, by=reporter).case

    for moderator in (author, reporter):
        with pytest.raises(ConflictOfInterest):
            claimed(case, moderator)
        with pytest.raises(NothingToClaim):
            actions.claim_next(moderator_id=moderator.id, is_senior=True, now=NOON)

    assert Case.objects.get().lease_by_id is None


def test_whoever_reports_while_holding_the_case_no_longer_decides_it():
    mo, post = make_moderator(), make_post(make_person("Ali"))
    held = claimed(make_report(post).case, mo)
    make_report(post, by=mo)

    with pytest.raises(ConflictOfInterest):
        decide(held, mo, evidence_revision=2)

    assert nothing_was_decided()


def test_leaving_up_what_reports_had_hidden_shows_it_again():
    post, mo = make_post(make_person("Ali")), make_moderator()
    case = make_report(post, category=ReportCategory.UNLAWFUL, is_buyer=True).case

    decided(case, by=mo, action=DecisionAction.ALLOW)

    assert Post.objects.get().visibility == Visibility.PUBLIC


@pytest.mark.parametrize("action", [DecisionAction.ALLOW, DecisionAction.QUARANTINE, DecisionAction.REMOVE])
def test_taking_back_leaves_nothing_hidden_without_a_case_that_waits(action):
    post, mo = make_post(make_person("Ali")), make_moderator()
    case = make_report(post, category=ReportCategory.UNLAWFUL, is_buyer=True).case

    taken_back(decided(case, by=mo, action=action), by=mo)

    assert Post.objects.get().visibility == Visibility.QUARANTINED
    assert Case.objects.get().state == CaseState.OPEN
    decided(case, by=mo, action=DecisionAction.ALLOW)
    assert Post.objects.get().visibility == Visibility.PUBLIC


def test_a_decision_is_taken_back_once():
    mo = make_moderator()
    decision = decided(make_case(), by=mo)
    reversal = taken_back(decision, by=mo)

    for each in (decision, reversal):
        with pytest.raises(NotReversible):
            taken_back(each, by=mo)

    assert Decision.objects.count() == AuditEntry.objects.count() == 2


def test_what_has_changed_since_is_not_overwritten():
    mo = make_moderator()
    decision = decided(make_case(), by=mo, action=DecisionAction.QUARANTINE)
    change_post_visibility(post_id=Post.objects.get().id, visibility=Visibility.REMOVED, now=NOON)

    with pytest.raises(NotReversible):
        taken_back(decision, by=mo)

    assert Post.objects.get().visibility == Visibility.REMOVED
    assert Decision.objects.count() == 1


def test_what_its_author_deleted_is_never_shown_again():
    ali, mo = make_person("Ali"), make_moderator()
    case = make_case(ali, category=ReportCategory.UNLAWFUL)
    delete_post(post_id=case.subject_id, author_id=ali.id, now=NOON)

    decision = decided(case, by=mo, action=DecisionAction.ALLOW)

    assert decision.effects == []
    assert Post.objects.get().visibility == Visibility.AUTHOR_DELETED


def test_a_decision_of_another_is_taken_back_by_a_senior_only():
    mo, max_, sen = make_moderator(), make_moderator("Max"), make_senior()
    decision = decided(make_case(), by=mo)

    with pytest.raises(NotAllowed):
        taken_back(decision, by=max_, is_senior=False)
    assert Decision.objects.count() == 1

    taken_back(decision, by=sen)
    assert Post.objects.get().visibility == Visibility.PUBLIC


def test_a_reversal_needs_reasons_and_a_decision():
    mo = make_moderator()
    decision = decided(make_case(), by=mo)
    request = {"moderator_id": mo.id, "is_senior": False, "idempotency_key": new_id(), "now": NOON}

    with pytest.raises(ReasonsNeeded):
        actions.reverse_decision(decision_id=decision.id, statement="错了", **request)
    with pytest.raises(NotFound):
        actions.reverse_decision(decision_id=new_id(), statement=REASONS, **request)

    assert Decision.objects.count() == 1


def test_author_and_reporters_are_told_each_once(deliver_outbox):
    ali, bob, mo = make_person("Ali"), make_person("Bob"), make_moderator()
    case = make_report(make_post(ali), by=bob).case

    taken_back(decided(case, by=mo), by=mo)
    deliver_outbox()

    said = Notification.objects.exclude(user=mo).exclude(kind="task_done")
    told = list(said.order_by("pk").values_list("user_id", "kind"))
    assert set(told) == {
        (bob.id, "report_received"),
        (ali.id, "moderation_remove"),
        (bob.id, "report_upheld"),
        (ali.id, "moderation_reversed"),
        (bob.id, "report_reversed"),
    }
    assert len(told) == 5
    removal = Notification.objects.get(kind="moderation_remove").params
    assert removal["statement"] == REASONS
    assert removal["case"] == str(case)
    assert removal["policy"]["zh-Hant"] == "導流與私下交易"


def test_an_author_to_whom_nothing_happened_is_not_troubled(deliver_outbox):
    ali, bob = make_person("Ali"), make_person("Bob")
    case = make_report(make_post(ali), by=bob).case

    decided(case, by=make_moderator(), action=DecisionAction.ALLOW)
    deliver_outbox()

    assert not Notification.objects.filter(user=ali).exclude(kind="task_done").exists()
    assert Notification.objects.filter(user=bob, kind="report_not_upheld").count() == 1


def test_strikes_fade_and_those_taken_back_do_not_count():
    ali, mo = make_person("Ali"), make_moderator()
    decided(make_case(ali), by=mo, policy="P2")
    taken_back(decided(make_case(ali), by=mo, policy="P1"), by=mo)

    def score(now):
        return selectors.author_records([ali.id], now=now)[ali.id].strike_score

    assert (score(NOON), score(NOON + timedelta(days=90))) == (3.0, 1.5)


def test_a_restriction_that_a_later_decision_lifted_no_longer_stands():
    mo, post = make_moderator(), make_post(make_person("Ali"))
    decided(make_report(post).case, by=mo, action=DecisionAction.LIMIT)
    later = NOON + timedelta(days=1)
    decided(make_report(post, now=later).case, by=mo, action=DecisionAction.ALLOW, now=later)

    assert Post.objects.get().visibility == Visibility.PUBLIC
    assert selectors.standing_restrictions(kind="POST", target_ids=[post.id]) == {}


def test_the_numbers_of_cases_come_from_the_database():
    first, second = make_case(), make_case()

    assert second.number == first.number + 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM moderation_case_number")
        assert cursor.fetchone()[0] == second.number
