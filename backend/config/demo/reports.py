"""What was reported, so that the moderation queue has something to decide, and what was decided before."""

from datetime import datetime, timedelta
from uuid import UUID

from backend.accounts.models import User
from backend.config.demo.play import Step
from backend.config.demo.posts import Told, person_named
from backend.config.demo.trade import Market
from community.moderation.actions import claim_case, decide_case, report_content
from community.moderation.models import Case, Policy

# Which post, by whom, why, in which words, and how many hours ago.
REPORTS = (
    ("miracle-cure", "蔓蔓", "FALSE_CLAIM", "洁面不能治痘，还引人加微信。", 11),
    ("miracle-cure", "老陈", "OFF_PLATFORM", "让人到站外付款。", 9),
    ("miracle-cure", "于姐", "OFF_PLATFORM", "", 5),
    ("stolen-photo", "小苔", "OTHER", "用的是商品页的照片。", 20),
    ("angry-neighbour", "大宝", "ABUSE", "骂邻居。", 30),
    ("keyboard-night", "江边", "SPAM", "像广告。", 60),
)
DECIDED = "keyboard-night"


def plan_reports(*, market: Market, told: Told, moderator: User) -> None:
    """Plan the reports, and one decision that let a post stand."""
    for key, by, category, detail, hours in REPORTS:
        at = market.play.until - timedelta(hours=hours)
        market.play.plan(at, _reporting(told, key, by, category, detail, market.key()))
    at = market.play.until - timedelta(hours=47)
    market.play.plan(at, _deciding(told, moderator, market.key()))


def _reporting(told: Told, key: str, by: str, category: str, detail: str, idempotency_key: UUID) -> Step:
    return lambda at: report_content(
        reporter_id=person_named(by),
        kind="POST",
        target_id=told.posts[key],
        category=category,
        detail=detail,
        idempotency_key=idempotency_key,
        now=at,
    )


def _deciding(told: Told, moderator: User, key: UUID) -> Step:
    def decide(at: datetime) -> None:
        case = Case.objects.get(subject_kind="POST", subject_id=told.posts[DECIDED])
        case = claim_case(case_id=case.pk, moderator_id=moderator.pk, is_senior=False, now=at)
        decide_case(
            case_id=case.pk,
            moderator_id=moderator.pk,
            fence=case.fence,
            version=case.version,
            evidence_revision=case.evidence_revision,
            action="ALLOW",
            policy=Policy.objects.order_by("code").values_list("code", flat=True)[0],
            statement="作者写了优点也写了缺点，是使用感受，不是广告，保留。",
            idempotency_key=key,
            now=at,
        )

    return decide
