"""Campaigns for tests, made by the actions that the growth team uses."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from backend.accounts.models import RoleGrant, User
from backend.catalogue.models import Product
from backend.core.ids import new_id
from backend.promotions.actions import (
    CampaignDraft,
    RuleDraft,
    TemplateDraft,
    give_coupon,
    save_campaign,
    save_coupon_template,
    start_campaign,
    start_coupon_template,
)
from backend.promotions.models import Campaign, Coupon, CouponTemplate
from tests.factories.catalogue import texts
from tests.factories.orders import make_buyer

_numbers = count(1)


def this_moment() -> datetime:
    """The real time: seats and deadlines are judged by the clock of the database."""
    return datetime.now(UTC)


def make_grower(*, now: datetime | None = None) -> User:
    """Somebody of the growth team."""
    now = now or this_moment()
    user = make_buyer("Grace", now=now)
    RoleGrant.objects.create(user=user, role="growth", granted_at=now)
    return user


def group_rule(products: Sequence[Product], **params: Any) -> RuleDraft:
    """A group price for some products: three people, a day, a fifth off, unless told otherwise."""
    wanted = {"productIds": [str(product.id) for product in products], "size": 3, "ttlHours": 24, "discountBps": 2000}
    if "priceMinor" in params:
        del wanted["discountBps"]
    return RuleDraft(kind="group_price", params={**wanted, **params})


def make_draft(
    rules: Sequence[RuleDraft],
    *,
    now: datetime,
    starts_in: timedelta = timedelta(hours=-1),
    lasts: timedelta = timedelta(days=7),
    audience: Mapping[str, Any] | None = None,
    budget_minor: int | None = None,
    budget_count: int | None = None,
    budget_points: int | None = None,
) -> CampaignDraft:
    """A campaign as its maker enters it."""
    return CampaignDraft(
        names=texts("团子节", "團子節", f"Dumpling days {next(_numbers)}"),
        starts_at=now + starts_in,
        ends_at=now + starts_in + lasts,
        audience=dict(audience or {"who": "all"}),
        budget_minor=budget_minor,
        budget_count=budget_count,
        budget_points=budget_points,
        rules=tuple(rules),
    )


def make_campaign(rules: Sequence[RuleDraft], *, now: datetime | None = None, **draft: Any) -> Campaign:
    """A saved draft."""
    now = now or this_moment()
    return save_campaign(draft=make_draft(rules, now=now, **draft), actor_id=make_grower(now=now).id, now=now)


def make_running_campaign(rules: Sequence[RuleDraft], *, now: datetime | None = None, **draft: Any) -> Campaign:
    """A campaign that makes offers."""
    now = now or this_moment()
    campaign = make_campaign(rules, now=now, **draft)
    actor_id = campaign.created_by_id
    assert actor_id is not None
    return start_campaign(
        campaign_id=campaign.id, version=campaign.version, actor_id=actor_id, idempotency_key=new_id(), now=now
    )


def line_rule(**params: Any) -> RuleDraft:
    """The second piece of a product at half price, unless told otherwise."""
    return RuleDraft(kind="line_promotion", params={"type": "nth_price", "nth": 2, "offBps": 5000, **params})


def three_for_two(**params: Any) -> RuleDraft:
    """Three pieces for the price of two."""
    return RuleDraft(kind="line_promotion", params={"type": "n_for_m", "buy": 3, "pay": 2, **params})


def reduction_rule(*steps: tuple[int, int], **params: Any) -> RuleDraft:
    """So much off from an amount on; ten yuan off from fifty, unless told otherwise."""
    wanted = [{"fromMinor": least, "offMinor": off} for least, off in steps or [(5_000, 1_000)]]
    return RuleDraft(kind="full_reduction", params={"steps": wanted, **params})


def gift_rule(*variants: Any, **params: Any) -> RuleDraft:
    """A gift from fifty yuan on, unless told otherwise; the later ones stand in."""
    if "fromPieces" not in params:
        params = {"fromMinor": 5_000, **params}
    return RuleDraft(kind="gift", params={"variantIds": [str(variant.id) for variant in variants], **params})


def make_template(
    *,
    benefit: Mapping[str, Any] | None = None,
    started: bool = True,
    now: datetime | None = None,
    lasts: timedelta = timedelta(days=7),
    **more: Any,
) -> CouponTemplate:
    """A coupon that can be claimed: ten yuan off from fifty, unless told otherwise."""
    now = now or this_moment()
    grower = make_grower(now=now)
    wanted: dict[str, Any] = {
        "names": texts("见面礼", "見面禮", f"Coupon {next(_numbers)}"),
        "way": "CLAIM",
        "benefit": dict(benefit or {"type": "amount", "offMinor": 1_000}),
        "threshold_minor": 5_000 if benefit is None else 0,
        "claim_from": now - timedelta(hours=1),
        "claim_until": now + lasts,
        "valid_days": 30,
    }
    if "use_until" in more:
        del wanted["valid_days"]
    template = save_coupon_template(draft=TemplateDraft(**{**wanted, **more}), actor_id=grower.id, now=now)
    if not started:
        return template
    return start_coupon_template(template_id=template.pk, version=template.version, actor_id=grower.id, now=now)


def make_coupon(
    user: User, template: CouponTemplate | None = None, *, now: datetime | None = None, **more: Any
) -> Coupon:
    """A coupon in the hands of a person."""
    now = now or this_moment()
    template = template or make_template(now=now, **more)
    given = give_coupon(template_id=template.pk, user_id=user.pk, cause=str(new_id()), now=now)
    assert given is not None
    return given
