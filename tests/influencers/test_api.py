"""The creator programme through the API: who sees what, and at what cost."""

from datetime import timedelta

import pytest

from backend.core import clock
from referrals.influencers import actions
from tests.factories.aftersales import make_agent
from tests.factories.catalogue import NOON, make_variant
from tests.factories.creators import (
    accept,
    buy_through,
    deliver,
    live_creator,
    make_brief,
    make_creator,
    write_application,
)
from tests.factories.orders import make_buyer
from tests.support.api import Api
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db

VESTED = NOON + timedelta(days=11, minutes=1)
COMMISSIONS = """
query ($first: Int) { viewer { creator { commissions(first: $first) { edges { node {
  id title orderNumber postTitle stateLabel kept { minor } why { label detail at } dispute { id } } } } } } }
"""
CENTRE = """
{ viewer { creator { membership { code tierLabel isOnHold } particulars { legalName idTail bankTail }
  earnings { estimated { minor } confirmed { minor } vested { minor } stated { minor } paid { minor } ordersCount }
  violations { id canAppeal } } } }
"""
WORK = """
{ viewer { creator { collaborations(first: 20) { edges { node { id stateLabel rateBps fee { minor }
  product { title } brief { title } content { title } } } } } } }
"""
APPLICATIONS = """
query ($first: Int) { creatorApplications(first: $first) { edges { node {
  id stateLabel person { name } particulars { legalName idTail } } } } }
"""
BATCHES = """
{ payoutBatches { edges { node { number stateLabel canApprove items { person { name } net { minor } } } } } }
"""
STATEMENT = """
query ($id: ID!) { creatorStatement(id: $id) { total { minor } entries { edges { node {
  kindLabel amount { minor } commission { why { label detail } } } } } } }
"""


@pytest.fixture(autouse=True)
def _later():
    with clock.frozen(VESTED):
        yield


def test_a_creator_reads_why_in_numbers_that_add_up():
    variant = make_variant(price_minor=11_300)
    lily = live_creator([variant])
    buy_through(lily, [(variant, 2)])

    (edge,) = Api(lily.user).payload(COMMISSIONS)["creator"]["commissions"]["edges"]

    details = [step["detail"] for step in edge["node"]["why"]]
    assert edge["node"]["kept"] == {"minor": 2_000}
    assert details[0] == f"买家填了口令 {lily.code}"
    assert "抵扣和优惠之后的货款 ¥226.00，减去其中的税 ¥26.00 = ¥200.00" in details
    assert "¥200.00 × 10% = ¥20.00，不足一分舍去" in details


def test_what_is_sealed_is_shown_masked():
    lily = make_creator()

    seen = Api(lily.user).payload(CENTRE)["creator"]

    assert seen["particulars"]["legalName"] == "林**"
    assert len(seen["particulars"]["idTail"]) == 4
    assert seen["particulars"]["bankTail"] == "5678"


def test_a_statement_is_its_creators_alone():
    variant = make_variant(price_minor=1_130_000)
    lily = live_creator([variant])
    deliver(buy_through(lily, [(variant, 1)]))
    actions.vest_commissions(now=VESTED)
    statement = actions.close_statement(promoter_id=lily.pk, until=VESTED + timedelta(days=1), now=VESTED)
    assert statement is not None

    own = Api(lily.user).payload(STATEMENT, id=str(statement.pk))
    stranger = Api(make_buyer("Mallory")).payload(STATEMENT, id=str(statement.pk))

    assert own["total"] == own["entries"]["edges"][0]["node"]["amount"] == {"minor": 100_000}
    assert stranger is None


def test_lists_cost_the_same_for_two_rows_as_for_many():
    variants = [make_variant(price_minor=11_300) for _ in range(3)]
    lily = live_creator(variants)
    buy_through(lily, [(variant, 1) for variant in variants])
    buy_through(lily, [(variant, 1) for variant in variants], buyer=make_buyer("Other"))
    for number in range(4):
        write_application(make_buyer(f"Applicant{number}"))
    gil = make_agent("Gil", "growth")
    api, desk = Api(lily.user), Api(gil)

    two, six = (queries_of(lambda first=first: api(COMMISSIONS, first=first)) for first in (2, 6))
    few, many = (queries_of(lambda first=first: desk(APPLICATIONS, first=first)) for first in (2, 4))

    assert two == six
    assert few == many


def test_a_creator_sees_work_and_the_desk_sees_batches():
    variant = make_variant(price_minor=1_130_000)
    lily = live_creator([variant])
    accept(lily, make_brief(make_variant().product))
    deliver(buy_through(lily, [(variant, 1)]))
    actions.vest_commissions(now=VESTED)
    actions.close_statement(promoter_id=lily.pk, until=VESTED + timedelta(days=1), now=VESTED)
    gil = make_agent("Gil", "growth")
    actions.open_batch(by=gil.id, now=VESTED)

    work = Api(lily.user).payload(WORK)["creator"]["collaborations"]["edges"]
    (batch,) = Api(gil).payload(BATCHES)["edges"]

    assert sorted(edge["node"]["stateLabel"] for edge in work) == ["待交内容", "进行中"]
    assert batch["node"]["items"][0]["net"] == {"minor": 96_000}
    assert Api(lily.user).codes(BATCHES) == ["NOT_ALLOWED"]
