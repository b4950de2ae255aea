"""The states of a case and the seven stages that a shopper sees."""

from datetime import timedelta

from backend.aftersales.models import CaseState
from backend.aftersales.rules import moves
from tests.factories.catalogue import NOON

S = CaseState


def test_every_state_has_its_moves_its_stage_and_a_way_out():
    assert set(moves.MOVES) == set(S) == set(moves.STAGE_OF)
    ends = {state for state, after in moves.MOVES.items() if not after}
    assert ends == {S.ARCHIVED, S.BUYER_CANCELLED}


def test_time_moves_a_case_only_where_it_may_go():
    for here, there in moves.AFTER_DEADLINE.items():
        assert moves.is_legal(from_state=here, to_state=there), here


def test_a_buyer_may_withdraw_until_the_parcel_is_back():
    for state in S:
        assert moves.is_legal(from_state=state, to_state=S.BUYER_CANCELLED) == (state in moves.CANCELLABLE)
    assert S.RECEIVED not in moves.CANCELLABLE


def test_a_small_case_that_nobody_decided_in_time_shows_as_approved():
    later = NOON + timedelta(hours=48)

    assert moves.shown_state(state="APPLIED", deadline_at=later, auto_approves=True, now=later) == S.APPROVED
    assert moves.shown_state(state="APPLIED", deadline_at=later, auto_approves=False, now=later) == S.APPLIED
    before = later - timedelta(seconds=1)
    assert moves.shown_state(state="APPLIED", deadline_at=later, auto_approves=True, now=before) == S.APPLIED


def test_a_refund_without_a_parcel_leaves_the_fifth_stage_out():
    history = [("APPROVED", NOON), ("REFUNDING", NOON)]

    stages = moves.stages(history, state="REFUNDING", comes_back=False, opened_at=NOON)

    assert [stage.key for stage in stages if stage.is_skipped] == ["diagnose", "return"]
    assert [stage.key for stage in stages if stage.is_current] == ["settle"]
    assert len(stages) == 7
