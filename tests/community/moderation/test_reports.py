"""Reports: one case per content, weighed anew each time, hiding by themselves only when they suffice."""

from datetime import timedelta

import pytest

from backend.core.errors import InvalidInput, KeyReused, NotFound
from backend.core.ids import new_id
from backend.core.outbox.models import OutboxEvent
from backend.messaging.models import Notification
from community.forum.actions import change_post_visibility, delete_post
from community.forum.models import Post, Visibility
from community.moderation import actions, rules
from community.moderation.errors import OwnContent, ReportedAlready, TooManyReports
from community.moderation.models import Case, CaseState, DecisionAction, Report, ReportCategory, Severity, Snapshot
from tests.factories.catalogue import NOON
from tests.factories.community import make_comment, make_post
from tests.factories.membership import make_person
from tests.factories.moderation import decided, make_moderator, make_report

pytestmark = pytest.mark.django_db


def reported(reporter, post, **changes):
    request = {
        "reporter_id": reporter.id,
        "kind": "POST",
        "target_id": post.id,
        "category": ReportCategory.SPAM,
        "idempotency_key": new_id(),
        "now": NOON,
    }
    return actions.report_content(**(request | changes))


def nothing_was_written() -> bool:
    told = OutboxEvent.objects.filter(name="ContentReported").count()
    return Case.objects.count() == Report.objects.count() == Snapshot.objects.count() == told == 0


def test_a_report_opens_a_case_and_keeps_what_was_seen():
    post = make_post(make_person("Ali"), title="加微信更便宜")

    make_report(post, category=ReportCategory.OFF_PLATFORM)

    case, snapshot = Case.objects.get(), Snapshot.objects.get()
    assert (case.subject_kind, case.subject_id, case.author_id) == ("POST", post.id, post.author_id)
    assert (case.severity, case.evidence_revision) == (Severity.MEDIUM, 1)
    assert case.sla_at == NOON + timedelta(hours=8)
    assert snapshot.title == "加微信更便宜"


def test_more_reports_join_the_case_and_raise_it():
    post = make_post(make_person("Ali"))
    first = make_report(post).case

    second = make_report(post, category=ReportCategory.OFF_PLATFORM, is_buyer=True).case

    assert second.id == first.id
    assert (second.severity, second.evidence_revision) == (Severity.MEDIUM, 2)
    assert second.priority > first.priority
    assert second.sla_at < first.sla_at
    assert Snapshot.objects.count() == 1


def test_a_repeat_with_the_same_key_answers_the_first_report():
    post, bob, key = make_post(make_person("Ali")), make_person("Bob"), new_id()

    reports = {reported(bob, post, idempotency_key=key).id for _ in range(2)}

    assert len(reports) == Report.objects.count() == 1
    with pytest.raises(KeyReused):
        reported(bob, post, idempotency_key=key, category=ReportCategory.ABUSE)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"kind": "PARCEL"}, InvalidInput),
        ({"category": "BORING"}, InvalidInput),
        ({"target_id": new_id()}, NotFound),
    ],
)
def test_what_cannot_be_reported_is_refused_and_leaves_nothing(changes, refusal):
    post = make_post(make_person("Ali"))

    with pytest.raises(refusal):
        reported(make_person("Bob"), post, **changes)

    assert nothing_was_written()


def test_nobody_reports_what_they_cannot_see():
    ali = make_person("Ali")
    hidden, deleted = make_post(ali), make_post(ali)
    change_post_visibility(post_id=hidden.id, visibility=Visibility.REMOVED, now=NOON)
    delete_post(post_id=deleted.id, author_id=ali.id, now=NOON)

    for post in (hidden, deleted):
        with pytest.raises(NotFound):
            reported(make_person("Bob"), post)

    assert nothing_was_written()


def test_nobody_reports_their_own():
    ali = make_person("Ali")

    with pytest.raises(OwnContent):
        reported(ali, make_post(ali))

    assert nothing_was_written()


def test_the_same_person_counts_once():
    post, bob = make_post(make_person("Ali")), make_person("Bob")
    reported(bob, post)

    with pytest.raises(ReportedAlready):
        reported(bob, post)

    assert (Report.objects.count(), Case.objects.get().evidence_revision) == (1, 1)


def test_twenty_reports_a_day_are_enough():
    ali, bob = make_person("Ali"), make_person("Bob")
    for number in range(rules.REPORTS_PER_DAY):
        reported(bob, make_post(ali, now=NOON + timedelta(hours=2 * number)))
    last = make_post(ali, now=NOON + timedelta(hours=99))

    with pytest.raises(TooManyReports):
        reported(bob, last)

    assert Report.objects.count() == rules.REPORTS_PER_DAY
    reported(bob, last, now=NOON + timedelta(days=1, seconds=1))


def test_below_the_threshold_nothing_hides_by_itself():
    post = make_post(make_person("Ali"))
    for _ in range(2):
        make_report(post, is_buyer=True)
    make_report(post)

    assert Post.objects.get().visibility == Visibility.PUBLIC
    assert Case.objects.get().hidden_from == ""


def test_three_buyers_hide_a_post_until_somebody_has_looked(deliver_outbox):
    post = make_post(make_person("Ali"))
    for _ in range(3):
        make_report(post, is_buyer=True)
    deliver_outbox()

    assert Post.objects.get().visibility == Visibility.QUARANTINED
    assert (Case.objects.get().state, Case.objects.get().hidden_from) == (CaseState.OPEN, Visibility.PUBLIC)
    assert Notification.objects.filter(user_id=post.author_id, kind="moderation_hidden").count() == 1


def test_many_strangers_together_hide_a_post_and_two_do_not():
    post = make_post(make_person("Ali"))
    for number in range(6):
        assert Post.objects.get().visibility == Visibility.PUBLIC, number
        make_report(post)

    assert Post.objects.get().visibility == Visibility.QUARANTINED


def test_one_buyer_suffices_for_what_is_dangerous():
    post = make_post(make_person("Ali"))

    make_report(post, category=ReportCategory.UNLAWFUL, is_buyer=True)

    assert Post.objects.get().visibility == Visibility.QUARANTINED


def test_what_a_person_has_left_up_is_hidden_by_a_person_only():
    post, mo = make_post(make_person("Ali")), make_moderator()
    case = make_report(post, category=ReportCategory.UNLAWFUL, is_buyer=True).case
    decided(case, by=mo, action=DecisionAction.ALLOW)

    again = make_report(post, category=ReportCategory.UNLAWFUL, is_buyer=True).case

    assert again.id != case.id
    assert (Post.objects.get().visibility, again.hidden_from) == (Visibility.PUBLIC, "")


def test_a_comment_is_reported_like_a_post():
    post = make_post(make_person("Ali"))
    comment = make_comment(make_person("Bob"), post, body="加我微信")

    case = make_report(comment).case

    assert (case.subject_kind, case.author_id) == ("COMMENT", comment.author_id)
    assert Snapshot.objects.get().url == f"/post/{post.id}"
