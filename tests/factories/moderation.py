"""Reports, cases and decisions for tests."""

from datetime import datetime
from itertools import count

from backend.accounts.models import Role, User
from backend.core.ids import new_id
from community.forum.models import Comment, Post
from community.moderation import actions
from community.moderation.models import Case, Decision, DecisionAction, Report, ReportCategory
from tests.factories import accounts
from tests.factories.catalogue import NOON
from tests.factories.community import make_post
from tests.factories.membership import make_confirmed_order, make_person

REASONS = "标题里写了微信号，引导私下交易。"
_reporters = count(1)


def make_moderator(name: str = "Mo") -> User:
    """Somebody who moderates."""
    return accounts.make_person(name, roles=(Role.MODERATOR,))


def make_senior(name: str = "Sen") -> User:
    """Somebody who also decides what was handed up."""
    return accounts.make_person(name, roles=(Role.SENIOR_MODERATOR,))


def make_report(
    content: Post | Comment,
    *,
    by: User | None = None,
    category: str = ReportCategory.SPAM,
    is_buyer: bool = False,
    now: datetime = NOON,
) -> Report:
    """A report of a post or comment."""
    reporter = by or make_person(f"Reporter{next(_reporters)}")
    if is_buyer:
        make_confirmed_order(buyer_id=reporter.id)
    return actions.report_content(
        reporter_id=reporter.id,
        kind="POST" if isinstance(content, Post) else "COMMENT",
        target_id=content.id,
        category=category,
        detail="看标题",
        idempotency_key=new_id(),
        now=now,
    )


def make_case(author: User | None = None, *, category: str = ReportCategory.SPAM, now: datetime = NOON) -> Case:
    """A case about a new post."""
    return make_report(make_post(author or make_person("Ali"), now=now), category=category, now=now).case


def decided(
    case: Case, *, by: User, action: str = DecisionAction.REMOVE, policy: str = "P2", now: datetime = NOON
) -> Decision:
    """A case that somebody claims and decides."""
    held = actions.claim_case(case_id=case.id, moderator_id=by.id, is_senior=True, now=now)
    return actions.decide_case(
        case_id=held.id,
        moderator_id=by.id,
        fence=held.fence,
        version=held.version,
        evidence_revision=held.evidence_revision,
        action=action,
        policy=policy,
        statement=REASONS,
        idempotency_key=new_id(),
        now=now,
    )


def taken_back(decision: Decision, *, by: User, is_senior: bool = True, now: datetime = NOON) -> Decision:
    """A decision that somebody takes back."""
    return actions.reverse_decision(
        decision_id=decision.id,
        moderator_id=by.id,
        is_senior=is_senior,
        statement="复核后认为没有违规，恢复展示。",
        idempotency_key=new_id(),
        now=now,
    )
