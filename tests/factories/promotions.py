"""Campaigns for tests, made by the actions that the growth team uses."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from backend.accounts.models import RoleGrant, User
from backend.catalogue.models import Product
from backend.core.ids import new_id
from backend.promotions.actions import CampaignDraft, RuleDraft, save_campaign, start_campaign
from backend.promotions.models import Campaign
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
) -> CampaignDraft:
    """A campaign as its maker enters it."""
    return CampaignDraft(
        names=texts("团子节", "團子節", f"Dumpling days {next(_numbers)}"),
        starts_at=now + starts_in,
        ends_at=now + starts_in + lasts,
        audience=dict(audience or {"who": "all"}),
        budget_minor=budget_minor,
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
