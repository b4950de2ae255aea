"""Every write of contests, one verb per file."""

from community.contests.actions.enter_contest import enter_contest
from community.contests.actions.judge_contest import judge_contest, judge_due_contests, take_prize_back
from community.contests.actions.open_contest import close_early, open_contest
from community.contests.actions.vote import take_vote_back, vote

__all__ = [
    "close_early",
    "enter_contest",
    "judge_contest",
    "judge_due_contests",
    "open_contest",
    "take_prize_back",
    "take_vote_back",
    "vote",
]
