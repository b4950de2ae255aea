"""Moderation through the API, as nobody, stranger, shopper, author, moderator and senior."""

from datetime import timedelta

import pytest

from backend.core import clock
from backend.core.ids import new_id
from community.forum.actions import change_comment_visibility
from community.forum.models import Post, Visibility
from community.moderation.models import Case, CaseState, Decision, DecisionAction, Report, ReportCategory
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
from tests.support.api import Api
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db

ERRORS = "errors { code field message details }"
REPORT = f"""mutation ($input: ReportContentInput!) {{
  reportContent(input: $input) {{ report {{ id state }} {ERRORS} }} }}"""
CASE = """id number state kind priority severity openedAt slaAt fence version evidenceRevision
  subject { kind id title body pictures { src } visibility url snapshotAt sha256 }
  author { person { name } joinedAt ordersCount strikeScore history { id action policy { title } isReversible } }
  reports { reporter { name } category categoryLabel detail at weight }
  lease { by { name } isMine until }
  decisions { id action actionLabel policy { code title text severity } statement decidedBy { name } at reversedAt
    reversedBy { name } isReversible effects }"""
QUEUE = f"""query ($state: CaseState, $kind: String) {{
  moderationQueue(first: 20, state: $state, kind: $kind) {{ edges {{ node {{ {CASE} }} }} }} }}"""
ONE = f"query ($id: ID!) {{ moderationCase(id: $id) {{ {CASE} }} }}"
COUNTS = "{ moderationCounts { open mine overdue decidedToday byKind } }"
POLICIES = "{ policies { code title text severity } }"
CLAIM = f"mutation ($input: ClaimCaseInput!) {{ claimCase(input: $input) {{ case {{ {CASE} }} {ERRORS} }} }}"
DECIDE = f"""mutation ($input: DecideCaseInput!) {{
  decideCase(input: $input) {{ case {{ {CASE} }} decision {{ id action effects isReversible }} {ERRORS} }} }}"""
REVERSE = f"""mutation ($input: ReverseDecisionInput!) {{
  reverseDecision(input: $input) {{ case {{ state decisions {{ action reversedAt reversedBy {{ name }} }} }}
    decision {{ action effects }} {ERRORS} }} }}"""
OTHER_MOVES = {
    "renewLease": ("RenewLease", {}),
    "releaseCase": ("ReleaseCase", {}),
    "escalateCase": ("EscalateCase", {"note": "拿不准"}),
    "snoozeCase": ("SnoozeCase", {"until": (NOON + timedelta(hours=1)).isoformat()}),
}
NOTICE = "moderationNotice { action actionLabel policy statement decidedAt howToAppeal }"
POST = f"query ($id: ID!) {{ post(id: $id) {{ visibility {NOTICE} }} }}"
MINE = f"query ($id: ID!) {{ posts(authorId: $id, sort: NEW, first: 50) {{ edges {{ node {{ title {NOTICE} }} }} }} }}"


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(NOON):
        yield


def complaint(post, **changes):
    asked = {"kind": "POST", "targetId": str(post.id), "category": "OFF_PLATFORM", "detail": "标题有微信号"}
    return asked | {"idempotencyKey": str(new_id())} | changes


def verdict(case, **changes):
    seen = {"fence": case["fence"], "version": case["version"], "evidenceRevision": case["evidenceRevision"]}
    asked = {"caseId": case["id"], "action": "REMOVE", "policy": "P2", "statement": REASONS}
    return seen | asked | {"idempotencyKey": str(new_id())} | changes


def nodes(answer):
    return [edge["node"] for edge in answer["moderationQueue"]["edges"]]


def move(name, case, api):
    kind, extra = OTHER_MOVES[name]
    text = f"mutation ($input: {kind}Input!) {{ {name}(input: $input) {{ case {{ state }} errors {{ code }} }} }}"
    return api.payload(text, input={"caseId": case["id"], "fence": case["fence"]} | extra)


def test_nobody_must_sign_in_to_report():
    post = make_post(make_person("Ali"))

    payload = Api().payload(REPORT, input=complaint(post))

    assert (payload["report"], payload["errors"][0]["code"]) == (None, "SIGN_IN_REQUIRED")
    assert Report.objects.count() == 0


def test_a_shopper_reports_and_an_author_cannot_report_themselves():
    ali, bob = make_person("Ali"), make_person("Bob")
    post = make_post(ali)

    assert Api(bob).payload(REPORT, input=complaint(post))["report"]["state"] == "RECEIVED"
    again = Api(bob).payload(REPORT, input=complaint(post))["errors"][0]
    own = Api(ali, locale="zh-Hant").payload(REPORT, input=complaint(post))["errors"][0]

    assert again["code"] == "REPORTED_ALREADY"
    assert (own["code"], own["message"]) == ("OWN_CONTENT", "這是你自己發的，可以直接刪除。")
    assert Report.objects.count() == 1


@pytest.mark.parametrize("text", [QUEUE, COUNTS, POLICIES])
def test_only_moderators_look_at_the_queue(text):
    make_case()

    assert Api().codes(text) == ["SIGN_IN_REQUIRED"]
    assert Api(make_person("Mallory")).codes(text) == ["NOT_ALLOWED"]
    for moderator in (make_moderator(), make_senior()):
        assert Api(moderator).codes(text) == []


def test_only_moderators_open_a_case():
    case = make_case()

    for viewer, code in ((None, "SIGN_IN_REQUIRED"), (case.author, "NOT_ALLOWED")):
        assert Api(viewer).codes(ONE, id=str(case.id)) == [code]
    assert Api(make_moderator())(ONE, id=str(new_id()))["moderationCase"] is None


@pytest.mark.parametrize("name", ["claimCase", "decideCase", "reverseDecision", *OTHER_MOVES])
def test_authors_and_strangers_move_nothing(name):
    case = make_case()
    held = {"id": str(case.id), "fence": 0, "version": 0, "evidenceRevision": 1}
    reversal = {"decisionId": str(new_id()), "statement": REASONS, "idempotencyKey": str(new_id())}
    asked = {"claimCase": (CLAIM, {}), "decideCase": (DECIDE, verdict(held)), "reverseDecision": (REVERSE, reversal)}

    for viewer, code in ((None, "SIGN_IN_REQUIRED"), (case.author, "NOT_ALLOWED"), (make_person("M"), "NOT_ALLOWED")):
        api = Api(viewer)
        payload = move(name, held, api) if name in OTHER_MOVES else api.payload(asked[name][0], input=asked[name][1])
        assert payload["errors"][0]["code"] == code

    case.refresh_from_db()
    assert (case.state, case.lease_by_id, case.fence, Decision.objects.count()) == (CaseState.OPEN, None, 0, 0)


def test_a_moderator_claims_decides_and_takes_it_back():
    ali, mo = make_person("Ali"), make_moderator("Mo")
    post = make_post(ali, title="加微信更便宜", picture_ids=[make_picture(owner_id=ali.id).id])
    make_report(post, category=ReportCategory.OFF_PLATFORM, is_buyer=True)
    api = Api(mo)

    held = api.payload(CLAIM, input={})["case"]
    assert (held["state"], held["lease"]["isMine"], held["lease"]["by"]["name"]) == ("LEASED", True, "Mo")
    assert (held["subject"]["title"], len(held["subject"]["pictures"])) == ("加微信更便宜", 1)
    assert (held["reports"][0]["categoryLabel"], held["reports"][0]["weight"]) == ("引导私下交易", 2.0)
    assert held["number"].startswith("C-")

    done = api.payload(DECIDE, input=verdict(held))
    assert (done["errors"], done["case"]["state"], done["case"]["lease"]) == ([], "DECIDED", None)
    assert done["decision"]["effects"] == ["公开 → 已移除"]
    assert done["decision"]["isReversible"] is True
    assert done["case"]["subject"]["visibility"] == "REMOVED"
    assert done["case"]["author"]["strikeScore"] == 3.0

    request = {
        "decisionId": done["decision"]["id"],
        "statement": "复核后认为没有违规。",
        "idempotencyKey": str(new_id()),
    }
    undone = api.payload(REVERSE, input=request)
    assert undone["errors"] == []
    assert undone["decision"]["effects"] == ["已移除 → 公开"]
    assert [each["action"] for each in undone["case"]["decisions"]] == ["REVERSE", "REMOVE"]
    assert undone["case"]["decisions"][1]["reversedBy"]["name"] == "Mo"
    assert Post.objects.get().visibility == Visibility.PUBLIC


def test_refusals_carry_what_the_page_needs():
    mo, max_, post = make_moderator(), make_moderator("Max"), make_post(make_person("Ali"))
    make_report(post)
    held = Api(mo).payload(CLAIM, input={})["case"]
    make_report(post)

    taken = Api(max_).payload(CLAIM, input={"id": held["id"]})
    none_left = Api(max_).payload(CLAIM, input={})
    changed = Api(mo).payload(DECIDE, input=verdict(held))
    short = Api(mo).payload(DECIDE, input=verdict(held, statement="短"))
    lost = Api(mo).payload(DECIDE, input=verdict(held, fence=77))

    assert taken["errors"][0]["code"] == "CASE_TAKEN"
    assert none_left["errors"][0]["code"] == "NOTHING_TO_CLAIM"
    assert (changed["errors"][0]["code"], changed["errors"][0]["details"]) == (
        "EVIDENCE_CHANGED",
        {"evidenceRevision": 2},
    )
    assert (short["errors"][0]["code"], short["errors"][0]["field"]) == ("REASONS_NEEDED", "statement")
    assert lost["errors"][0]["code"] == "LEASE_LOST"
    assert Decision.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "state"),
    [("renewLease", "LEASED"), ("releaseCase", "OPEN"), ("escalateCase", "ESCALATED"), ("snoozeCase", "SNOOZED")],
)
def test_whoever_holds_a_case_moves_it(name, state):
    make_case()
    api = Api(make_moderator())
    held = api.payload(CLAIM, input={})["case"]

    assert move(name, held, api) == {"case": {"state": state}, "errors": []}


def test_what_was_handed_up_is_in_the_queue_of_seniors_only():
    make_case()
    mo, sen = Api(make_moderator()), Api(make_senior())
    move("escalateCase", mo.payload(CLAIM, input={})["case"], mo)

    assert nodes(mo(QUEUE)) == []
    assert [case["state"] for case in nodes(sen(QUEUE))] == ["ESCALATED"]
    assert mo.payload(CLAIM, input={})["errors"][0]["code"] == "NOTHING_TO_CLAIM"
    assert sen.payload(CLAIM, input={})["case"]["lease"]["isMine"] is True


def test_a_decision_of_another_can_be_taken_back_by_a_senior_only():
    decision = decided(make_case(), by=make_moderator())
    request = {"decisionId": str(decision.id), "statement": REASONS, "idempotencyKey": str(new_id())}
    max_, sen = Api(make_moderator("Max")), Api(make_senior())

    for api, is_reversible in ((max_, False), (sen, True)):
        shown = api(ONE, id=str(decision.case_id))["moderationCase"]["decisions"][0]
        assert shown["isReversible"] is is_reversible
    assert max_.payload(REVERSE, input=request)["errors"][0]["code"] == "NOT_ALLOWED"
    assert sen.payload(REVERSE, input=request)["errors"] == []


def test_the_queue_is_filtered_by_state_and_kind():
    mo = make_moderator()
    make_case()
    make_report(make_comment(make_person("Bob"), make_post(make_person("Ali"))))
    decided(make_case(), by=mo)
    api = Api(mo)

    assert {case["kind"] for case in nodes(api(QUEUE))} == {"POST", "COMMENT"}
    assert [case["kind"] for case in nodes(api(QUEUE, kind="COMMENT"))] == ["COMMENT"]
    assert [case["state"] for case in nodes(api(QUEUE, state="DECIDED"))] == ["DECIDED"]
    assert nodes(api(QUEUE, state="LEASED")) == []
    api.payload(CLAIM, input={})
    assert len(nodes(api(QUEUE, state="LEASED"))) == 1


def test_the_numbers_above_the_queue():
    mo = make_moderator()
    make_case(now=NOON - timedelta(days=2))
    make_case()
    decided(make_case(), by=mo)
    api = Api(mo)
    api.payload(CLAIM, input={})

    assert api(COUNTS)["moderationCounts"] == {
        "open": 2,
        "mine": 1,
        "overdue": 1,
        "decidedToday": 1,
        "byKind": {"POST": 2},
    }


def test_the_rules_read_in_each_language():
    mo = make_moderator()

    titles = {
        locale: Api(mo, locale=locale)(POLICIES)["policies"][1]["title"] for locale in ("zh-Hans", "zh-Hant", "en")
    }

    assert titles == {"zh-Hans": "引流与私下交易", "zh-Hant": "導流與私下交易", "en": "Private deals"}


def test_a_long_queue_costs_no_more_statements():
    mo = make_moderator()
    fill_queue(mo, 0)
    assert len(nodes(Api(mo)(QUEUE))) == 2
    few = queries_of(lambda: Api(mo)(QUEUE))
    for number in range(1, 10):
        fill_queue(mo, number)

    assert len(nodes(Api(mo)(QUEUE))) == 20
    assert queries_of(lambda: Api(mo)(QUEUE)) == few


def fill_queue(mo, number):
    """One author with a decided, a reversed and a waiting case, and one with a reported comment."""
    author = make_person(f"Author{number}")
    post = make_post(author, picture_ids=[make_picture(owner_id=author.id).id])
    taken_back(decided(make_case(author), by=mo), by=mo)
    decided(make_case(author), by=mo)
    make_report(post)
    make_report(make_comment(make_person(f"Talker{number}"), post))


@pytest.mark.parametrize(
    ("action", "label"),
    [
        (DecisionAction.LIMIT, "不予推荐"),
        (DecisionAction.QUARANTINE, "隐藏，改好再恢复"),
        (DecisionAction.REMOVE, "删除"),
    ],
)
def test_the_author_reads_why_and_what_can_be_done(action, label):
    case = make_case()
    decided(case, by=make_moderator(), action=action)

    notice = Api(case.author)(POST, id=str(case.subject_id))["post"]["moderationNotice"]

    assert (notice["action"], notice["actionLabel"], notice["policy"]) == (action, label, "引流与私下交易")
    assert notice["statement"] == REASONS
    assert str(case) in notice["howToAppeal"]


def test_nobody_else_reads_the_reasons():
    case = make_case()
    decided(case, by=make_moderator(), action=DecisionAction.LIMIT)

    for viewer in (None, make_person("Mallory"), make_moderator("Max")):
        assert Api(viewer)(POST, id=str(case.subject_id))["post"]["moderationNotice"] is None


def test_an_author_whose_post_reports_have_hidden_reads_that_somebody_will_look():
    ali = make_person("Ali")
    post = make_post(ali)
    make_report(post, category=ReportCategory.UNLAWFUL, is_buyer=True)

    notice = Api(ali)(POST, id=str(post.id))["post"]["moderationNotice"]

    assert (notice["action"], notice["policy"]) == ("QUARANTINE", "")
    assert str(Case.objects.get()) in notice["howToAppeal"]


def test_a_decision_that_was_taken_back_leaves_no_notice():
    case, mo = make_case(), make_moderator()
    taken_back(decided(case, by=mo), by=mo)

    assert Api(case.author)(POST, id=str(case.subject_id))["post"] == {"visibility": "PUBLIC", "moderationNotice": None}


def test_many_notices_cost_no_more_statements():
    ali, mo = make_person("Ali"), make_moderator()
    for number in range(2):
        decided(make_case(ali, now=NOON + timedelta(days=number)), by=mo)
    few = queries_of(lambda: Api(ali)(MINE, id=str(ali.id)))
    for number in range(2, 20):
        decided(make_case(ali, now=NOON + timedelta(days=number)), by=mo)

    assert queries_of(lambda: Api(ali)(MINE, id=str(ali.id))) == few
    shown = Api(ali)(MINE, id=str(ali.id))["posts"]["edges"]
    assert sum(edge["node"]["moderationNotice"] is not None for edge in shown) == 20


def test_the_author_of_a_comment_reads_why_too():
    post, bob = make_post(make_person("Ali")), make_person("Bob")
    comment = make_comment(bob, post)
    decided(make_report(comment).case, by=make_moderator())
    text = f"query ($id: ID!) {{ post(id: $id) {{ comments {{ edges {{ node {{ visibility {NOTICE} }} }} }} }} }}"

    (edge,) = Api(bob)(text, id=str(post.id))["post"]["comments"]["edges"]

    assert edge["node"]["moderationNotice"]["statement"] == REASONS
    assert Api(post.author)(text, id=str(post.id))["post"]["comments"]["edges"] == []
    change_comment_visibility(comment_id=comment.id, visibility=Visibility.PUBLIC, now=NOON)
    (edge,) = Api(bob)(text, id=str(post.id))["post"]["comments"]["edges"]
    assert edge["node"]["moderationNotice"] is None
