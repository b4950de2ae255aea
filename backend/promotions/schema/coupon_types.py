"""The types of coupons: as shoppers see them, and as the growth team does."""

from __future__ import annotations

from typing import Any

import graphene

from backend.core.graphql import JSON, BigInt, DateTime, MoneyType, ObjectType, object_field
from backend.core.languages import translate
from backend.promotions import selectors
from backend.promotions.actions import problems_of_template
from backend.promotions.models import Coupon, CouponState, CouponTemplate
from backend.promotions.schema.types import CampaignProblemType
from backend.promotions.selectors import coupons as coupon_reads
from backend.promotions.words import benefit_text, coupon_reason, why_text

CouponStateEnum = graphene.Enum(
    "CouponState",
    [(state.value, state.value) for state in CouponState if state != CouponState.UNCLAIMED],
    description="Where a coupon stands.",
)
CouponShelfEnum = graphene.Enum(
    "CouponShelf", [("READY", "READY"), ("USED", "USED"), ("OVER", "OVER")], description="Which coupons to show."
)


def _said(text: Any, info: Any) -> str:
    return translate(text, info.context.viewer.locale)


def _name(of: Any) -> Any:
    return object_field(
        graphene.String, lambda row, info: _said(of(row).names, info), required=True, description="What it is called."
    )


def _benefit(of: Any) -> dict[str, Any]:
    return {
        "headline": object_field(
            graphene.String,
            lambda row, info: _said(benefit_text(of(row).benefit), info),
            required=True,
            description="What it gives, in a few words.",
        ),
        "sentence": object_field(
            graphene.String,
            lambda row, info: _said(coupon_reason(of(row).benefit, of(row).threshold_minor), info),
            required=True,
            description="What it gives and from which amount on, in one sentence.",
        ),
        "threshold": object_field(
            MoneyType, lambda row, info: of(row).threshold_minor, required=True, description="From which amount on."
        ),
    }


def _itself(row: Any) -> Any:
    return row


def _template_of(row: Any) -> Any:
    return row.template


def together(rows: list[CouponTemplate], info: Any) -> list[CouponTemplate]:
    """Note which templates are shown together, so that what hangs on them is read at once."""
    info.context.loaders["promotions.templates"] = [row.pk for row in rows]
    return rows


def _of_all(row: CouponTemplate, info: Any, name: str, fetch: Any) -> Any:
    """What hangs on a template; the first one that asks reads it for all that are shown."""
    loaders = info.context.loaders
    if name not in loaders:
        loaders[name] = fetch(loaders.get("promotions.templates") or [row.pk])
    return loaders[name].get(row.pk)


def _mine(row: CouponTemplate, info: Any) -> list[Coupon]:
    viewer = info.context.viewer
    if not viewer.is_signed_in:
        return []
    found = _of_all(row, info, "promotions.mine", lambda ids: coupon_reads.mine_of_templates(ids, user_id=viewer.id))
    return found or []


def _left_share(row: CouponTemplate, info: Any) -> int | None:
    if not row.issue_limit:
        return None
    left = _of_all(row, info, "promotions.left", coupon_reads.left_in_pool) or 0
    return -(-left * 100 // row.issue_limit)


def _counts(row: CouponTemplate, info: Any) -> dict[str, Any]:
    found = _of_all(row, info, "promotions.counts", coupon_reads.issued_counts) or {}
    return {
        "waiting": found.get(CouponState.UNCLAIMED, 0),
        "ready": found.get(CouponState.ISSUED, 0),
        "locked": found.get(CouponState.LOCKED, 0),
        "used": found.get(CouponState.USED, 0),
        "over": found.get(CouponState.EXPIRED, 0) + found.get(CouponState.REVOKED, 0),
        "spent": row.spent_minor,
        "reserved": row.reserved_minor,
    }


class CouponType(ObjectType):
    """A coupon in a person's hands."""

    id = graphene.ID(required=True, description="The coupon's id.")
    template_id = graphene.ID(required=True, description="Which coupon it is one of.")
    state = object_field(CouponStateEnum, lambda row, info: row.state, required=True, description="Where it stands.")
    name = _name(_template_of)
    headline = _benefit(_template_of)["headline"]
    sentence = _benefit(_template_of)["sentence"]
    threshold = _benefit(_template_of)["threshold"]
    stack_class = object_field(
        graphene.String,
        lambda row, info: row.template.stack_class,
        required=True,
        description="merchant, platform or shipping: one of each may be used together unless said otherwise.",
    )
    scope = object_field(
        JSON, lambda row, info: row.template.scope, required=True, description="Which goods it is for."
    )
    valid_from = graphene.Field(DateTime, required=True, description="From when it can be used.")
    valid_until = graphene.Field(DateTime, required=True, description="Until when it can be used.")
    order_id = graphene.ID(description="The order that holds or used it.")


class CouponOfferType(ObjectType):
    """A coupon that can be claimed."""

    id = graphene.ID(required=True, description="The template's id.")
    name = _name(_itself)
    headline = _benefit(_itself)["headline"]
    sentence = _benefit(_itself)["sentence"]
    threshold = _benefit(_itself)["threshold"]
    stack_class = graphene.String(required=True, description="merchant, platform or shipping.")
    scope = graphene.Field(JSON, required=True, description="Which goods it is for.")
    claim_until = graphene.Field(DateTime, required=True, description="Until when it can be claimed.")
    use_until = graphene.Field(DateTime, description="Until when it can be used, if that is a fixed day.")
    valid_days = graphene.Int(description="For how many days after it is claimed it can be used.")
    left_share = object_field(
        graphene.Int,
        _left_share,
        description="How much of the pool is left, in percent; open without a limit.",
    )
    mine = object_field(
        graphene.Int,
        lambda row, info: len(_mine(row, info)),
        personal=True,
        required=True,
        description="How many of them the viewer has had.",
    )
    can_claim = object_field(
        graphene.Boolean,
        lambda row, info: len(_mine(row, info)) < row.per_person and _left_share(row, info) != 0,
        personal=True,
        required=True,
        description="Whether the viewer may have one more and there is one.",
    )


class CouponSavingType(ObjectType):
    """Coupons used together, and what they save."""

    coupon_ids = object_field(
        graphene.List(graphene.NonNull(graphene.ID)),
        lambda row, info: [str(each.coupon.id) for each in row.savings],
        required=True,
        description="The coupons in the order in which they are taken off.",
    )
    saving = object_field(
        MoneyType, lambda row, info: row.amount_minor, required=True, description="What they save together."
    )


class LeftOutCouponType(ObjectType):
    """A coupon that the best combination does not use, and why."""

    coupon_id = graphene.ID(required=True, description="The coupon.")
    reason = graphene.String(required=True, description="Why, as a code such as BELOW_THRESHOLD.")
    text = object_field(
        graphene.String, lambda row, info: _said(row["text"], info), required=True, description="Why, in a sentence."
    )
    missing = graphene.Field(MoneyType, required=True, description="What is missing to its threshold.")


class NextStepType(ObjectType):
    """Something that is nearly reached."""

    kind = graphene.String(required=True, description="full_reduction, gift, coupon or shipping.")
    missing = object_field(
        MoneyType, lambda row, info: row.missing_minor, required=True, description="How much is missing."
    )
    sentence = object_field(
        graphene.String, lambda row, info: _said(row.sentence, info), required=True, description="What it gives."
    )
    scope = graphene.Field(JSON, required=True, description="Which goods count; empty for all.")


class CouponAdviceType(ObjectType):
    """The viewer's coupons for a basket: the best, the second best, the rest with reasons, what is nearly reached."""

    coupons = graphene.List(graphene.NonNull(CouponType), required=True, description="All coupons of the viewer.")
    best = graphene.Field(CouponSavingType, description="What saves most; nothing if no coupon fits.")
    second = graphene.Field(CouponSavingType, description="What saves most after that.")
    left_out = graphene.List(
        graphene.NonNull(LeftOutCouponType), required=True, description="The others, each with its reason."
    )
    steps = graphene.List(graphene.NonNull(NextStepType), required=True, description="What is nearly reached.")


class CouponCountsType(ObjectType):
    """How many coupons of a template stand where."""

    waiting = graphene.Int(required=True, description="In the pool.")
    ready = graphene.Int(required=True, description="In hands.")
    locked = graphene.Int(required=True, description="In unpaid orders.")
    used = graphene.Int(required=True, description="Used.")
    over = graphene.Int(required=True, description="Lapsed or withdrawn.")
    spent = graphene.Field(MoneyType, required=True, description="What they took off paid orders.")
    reserved = graphene.Field(MoneyType, required=True, description="What they take off unpaid orders.")


class CouponTemplateType(ObjectType):
    """A coupon as the growth team made it."""

    id = graphene.ID(required=True, description="The template's id.")
    name = _name(_itself)
    names = graphene.Field(JSON, required=True, description="Its name in each language.")
    state = graphene.String(required=True, description="DRAFT, RUNNING, PAUSED or ENDED.")
    version = graphene.Int(required=True, description="Give it back when saving; it tells of a colleague's change.")
    way = graphene.String(required=True, description="CLAIM, CODE, GIVEN or WELCOME.")
    sentence = _benefit(_itself)["sentence"]
    benefit = graphene.Field(JSON, required=True, description="What it gives.")
    threshold_minor = graphene.Field(BigInt, required=True, description="From how many fen on.")
    scope = graphene.Field(JSON, required=True, description="Which goods it is for.")
    audience = graphene.Field(JSON, required=True, description="For whom.")
    stack_class = graphene.String(required=True, description="merchant, platform or shipping.")
    combines_with = graphene.Field(JSON, required=True, description="The classes it may be used with.")
    refund_policy = graphene.String(required=True, description="KEEP or RECOMPUTE.")
    returns_when_cancelled = graphene.Boolean(required=True, description="Whether a cancelled order gives it back.")
    grace_days = graphene.Int(required=True, description="Days of grace when it is given back.")
    claim_from = graphene.Field(DateTime, required=True, description="From when it can be claimed.")
    claim_until = graphene.Field(DateTime, required=True, description="Until when it can be claimed.")
    use_from = graphene.Field(DateTime, description="From when it can be used.")
    use_until = graphene.Field(DateTime, description="Until when it can be used.")
    valid_days = graphene.Int(description="For how many days after it is claimed it can be used.")
    issue_limit = graphene.Int(description="How many there are.")
    per_person = graphene.Int(required=True, description="How many one person may have.")
    use_limit = graphene.Int(description="How many may be used.")
    budget_minor = graphene.Field(BigInt, description="How many fen they may take off altogether.")
    priority = graphene.Int(required=True, description="Which goes first of two alike.")
    limit_bps = graphene.Int(description="The share of an order that all discounts may reach with it.")
    is_started = object_field(
        graphene.Boolean,
        lambda row, info: row.started_at is not None,
        required=True,
        description="Whether its terms are frozen.",
    )
    problems = object_field(
        graphene.List(graphene.NonNull(CampaignProblemType)),
        lambda row, info: problems_of_template(row, now=info.context.now),
        required=True,
        size=3,
        description="What keeps it from starting.",
    )
    counts = object_field(CouponCountsType, _counts, required=True, description="Numbers.")


class CouponBatchType(ObjectType):
    """Coupons that are given to many people."""

    id = graphene.ID(required=True, description="The batch's id.")
    given_count = graphene.Int(required=True, description="How many have theirs.")
    passed_count = graphene.Int(required=True, description="How many were passed over.")
    finished_at = graphene.Field(DateTime, description="When it was done.")


def advice_row(priced: Any, viewer_id: Any, now: Any) -> dict[str, Any]:
    """The advice for a basket that was priced without coupons."""
    found = selectors.best_coupons(priced, buyer_id=viewer_id, now=now)
    basket = coupon_reads.basket_before_coupons(priced)
    ready = list(coupon_reads.coupons_in_state(viewer_id, "READY", now=now)[: coupon_reads.MOST_IN_HAND])
    return {
        "coupons": ready,
        "best": found.best if found.best.savings else None,
        "second": found.second,
        "left_out": [
            {
                "coupon_id": coupon.id,
                "reason": reason.value,
                "text": why_text(reason, missing := coupon_reads.missing_to(coupon, basket)),
                "missing": missing,
            }
            for coupon, reason in found.left_out
        ],
        "steps": selectors.next_steps(priced, buyer_id=viewer_id, now=now),
    }
