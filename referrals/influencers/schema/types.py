"""What the API shows of applications, briefs and collaborations."""

from typing import Any

import graphene

from backend.accounts.schema.types import PersonType
from backend.catalogue.schema.types import ProductType
from backend.core.graphql import DateTime, MoneyType, ObjectType, object_field
from backend.core.languages import translate
from referrals.influencers.models import (
    Application,
    ApplicationState,
    BriefKind,
    Collaboration,
    CollaborationState,
    ContentState,
    CreatorTier,
    PromoterIdentity,
    PromoterState,
    TaxKind,
    ViolationState,
)
from referrals.influencers.rules.identity import masked_name
from referrals.influencers.rules.sealing import unseal
from referrals.influencers.schema.loaders import found, person
from referrals.influencers.selectors.campaigns import bps_of
from referrals.influencers.selectors.members import identity_of, is_held
from referrals.influencers.selectors.work import posts_to_choose


def enum_of(name: str, choices: Any, description: str) -> Any:
    """An enum of the API with the values that the tables hold."""
    return graphene.Enum(name, [(each.value, each.value) for each in choices], description=description)


CreatorApplicationStateEnum = enum_of("CreatorApplicationState", ApplicationState, "Where an application stands.")
CreatorTaxKindEnum = enum_of("CreatorTaxKind", TaxKind, "How what a creator earns is taxed.")
CreatorMembershipEnum = enum_of("CreatorMembership", PromoterState, "Where a membership stands.")
CollaborationStateEnum = enum_of("CollaborationState", CollaborationState, "Where a collaboration stands.")
BriefKindEnum = enum_of("CreatorBriefKind", BriefKind, "Who may take a brief.")


def label(choices: Any, name: str = "state") -> Any:
    """The words of a state."""
    return object_field(
        graphene.String,
        lambda row, info: str(choices(getattr(row, name)).label),
        required=True,
        description="The same in words.",
    )


def money(name: str, description: str, *, required: bool = True) -> Any:
    """An amount that a row holds."""
    return object_field(MoneyType, lambda row, info: getattr(row, name), required=required, description=description)


def product_field() -> Any:
    """The product that a row is about."""
    return object_field(
        ProductType, lambda row, info: found(info, "product", row.product_id), description="What it is about."
    )


class CreatorParticularsType(ObjectType):
    """Who a creator is before the law, masked."""

    legal_name = object_field(
        graphene.String,
        lambda row, info: masked_name(unseal(row.legal_name_sealed)),
        required=True,
        description="The family name and stars.",
    )
    id_tail = graphene.String(required=True, description="The last four letters of the identity number.")
    bank_name = graphene.String(required=True, description="The bank.")
    bank_tail = graphene.String(required=True, description="The last four digits of the account.")
    tax_kind = graphene.Field(CreatorTaxKindEnum, required=True, description="How it is taxed.")
    tax_label = label(TaxKind, "tax_kind")


class CreatorApplicationType(ObjectType):
    """One attempt to become a creator."""

    id = graphene.ID(required=True, description="The application's id.")
    state = graphene.Field(CreatorApplicationStateEnum, required=True, description="Where it stands.")
    state_label = label(ApplicationState)
    introduction = graphene.String(required=True, description="What the person says of themselves.")
    channels = graphene.List(graphene.NonNull(graphene.String), required=True, description="Where they publish.")
    is_adult_declared = graphene.Boolean(required=True, description="Whether they declare to be eighteen.")
    accepts_terms = object_field(
        graphene.Boolean,
        lambda row, info: row.terms_accepted_at is not None,
        required=True,
        description="Whether they accept the terms.",
    )
    answer = graphene.String(required=True, description="What was answered.")
    reapply_from = DateTime(description="From when they can apply again.")
    submitted_at = DateTime(description="When it was sent.")
    decided_at = DateTime(description="When it was answered.")
    created_at = DateTime(required=True, description="When it was begun.")
    person = object_field(PersonType, lambda row, info: person(info, row.user_id), description="Who applies.")
    particulars = object_field(
        CreatorParticularsType,
        lambda row, info: _identity(row, info=info),
        personal=True,
        description="Who they are before the law, masked.",
    )


def _identity(row: Application, *, info: Any) -> PromoterIdentity | None:
    known: PromoterIdentity | None = found(info, "identity", row.user_id)
    return known or (identity_of(row.user_id) if row.user_id == info.context.viewer.id else None)


class CreatorViolationType(ObjectType):
    """A breach of the rules."""

    id = graphene.ID(required=True, description="Its id.")
    state = graphene.String(required=True, description="RECORDED, APPEALED, UPHELD or LIFTED.")
    state_label = label(ViolationState)
    words = graphene.String(required=True, description="What was wrong.")
    appeal = graphene.String(required=True, description="What the creator says to it.")
    answer = graphene.String(required=True, description="What was answered.")
    recorded_at = DateTime(required=True, description="When it was recorded.")
    appeal_until = DateTime(required=True, description="Until when it can be appealed.")
    can_appeal = object_field(
        graphene.Boolean,
        lambda row, info: row.state == ViolationState.RECORDED and info.context.now <= row.appeal_until,
        required=True,
        description="Whether it can be appealed now.",
    )
    stopped = object_field(
        MoneyType,
        lambda row, info: getattr(row, "stopped_minor", None),
        description="What it stopped on its way to the bank; that is in the balance.",
    )
    person = object_field(PersonType, lambda row, info: person(info, row.promoter_id), description="Whose it is.")


class PromoterType(ObjectType):
    """A creator as the growth team sees one."""

    id = object_field(graphene.ID, lambda row, info: row.pk, required=True, description="The person's id.")
    person = object_field(PersonType, lambda row, info: person(info, row.pk), description="Who it is.")
    code = graphene.String(required=True, description="The code that buyers name.")
    state = graphene.Field(CreatorMembershipEnum, required=True, description="Where the membership stands.")
    state_label = label(PromoterState)
    state_reason = graphene.String(required=True, description="Why it was moved last.")
    tier = graphene.String(required=True, description="SEED, GROWING, STAR or PRIME.")
    tier_label = label(CreatorTier, "tier")
    sales = object_field(
        MoneyType,
        lambda row, info: row.tier_facts.get("sales_minor", 0),
        required=True,
        description="Kept sales of the last 180 days.",
    )
    return_bps = object_field(
        graphene.Int,
        lambda row, info: row.tier_facts.get("return_bps", 0),
        required=True,
        description="The share that came back, in basis points.",
    )
    complaint_bps = object_field(
        graphene.Int,
        lambda row, info: row.tier_facts.get("complaint_bps", 0),
        required=True,
        description="The share of orders with complaints, in basis points.",
    )
    is_on_hold = object_field(
        graphene.Boolean,
        lambda row, info: row.is_on_hold if hasattr(row, "is_on_hold") else is_held(row.pk),
        required=True,
        description="Whether a breach holds the commission.",
    )
    since = DateTime(required=True, description="Since when.")


class CreatorContentType(ObjectType):
    """A post that was sent in for a collaboration."""

    id = graphene.ID(required=True, description="Its id.")
    post_id = graphene.ID(required=True, description="The post.")
    title = graphene.String(required=True, description="The title of the post.")
    tag = graphene.String(required=True, description="The tag that says that it is advertising.")
    state = graphene.String(required=True, description="SUBMITTED, APPROVED, REVISION or LOST.")
    state_label = label(ContentState)
    note = graphene.String(required=True, description="What the growth team says to it.")
    submitted_at = DateTime(required=True, description="When it was sent in.")


class CreatorBriefType(ObjectType):
    """The contract that is offered about one product."""

    id = graphene.ID(required=True, description="The brief's id.")
    kind = graphene.Field(BriefKindEnum, required=True, description="Who may take it.")
    kind_label = label(BriefKind, "kind")
    is_open = object_field(
        graphene.Boolean,
        lambda row, info: row.state == "OPEN" and row.ends_at > info.context.now,
        required=True,
        description="Whether it can be taken.",
    )
    title = graphene.String(required=True, description="What it is about.")
    words = graphene.String(required=True, description="What is asked for.")
    product = product_field()
    rate_bps = graphene.Int(required=True, description="The commission in basis points.")
    fee = money("fee_minor", "The flat fee for the content.")
    sends_sample = graphene.Boolean(required=True, description="Whether a sample is sent.")
    month_cap = money("month_cap_minor", "The most commission of one month.", required=False)
    is_exclusive = graphene.Boolean(required=True, description="Whether nothing else of the shelf may be promoted.")
    content_days = graphene.Int(required=True, description="Within how many days the content is due.")
    starts_at = DateTime(required=True, description="From when it counts.")
    ends_at = DateTime(required=True, description="Until when it counts.")


class PostToChooseType(ObjectType):
    """A post of the creator that may be sent in."""

    id = object_field(graphene.ID, lambda row, info: row.post_id, required=True, description="The post's id.")
    title = graphene.String(required=True, description="The title of the post.")


class CollaborationType(ObjectType):
    """One creator and one brief."""

    id = graphene.ID(required=True, description="The collaboration's id.")
    state = graphene.Field(CollaborationStateEnum, required=True, description="Where it stands.")
    state_label = label(CollaborationState)
    brief = graphene.Field(CreatorBriefType, required=True, description="What is asked for.")
    product = product_field()
    person = object_field(PersonType, lambda row, info: person(info, row.promoter_id), description="Who it is.")
    fee = money("fee_minor", "The flat fee.")
    fee_in_escrow = graphene.Boolean(required=True, description="Whether the fee is set aside.")
    content = object_field(
        CreatorContentType, lambda row, info: found(info, "content", row.pk), description="The newest content."
    )
    rate_bps = object_field(
        graphene.Int,
        lambda row, info: _rate(row, info=info),
        required=True,
        description="The commission that holds now, in basis points.",
    )
    next_rate_bps = object_field(
        graphene.Int, lambda row, info: _coming(row, info, "bps"), description="The commission to come, if it changes."
    )
    next_rate_from = object_field(
        DateTime, lambda row, info: _coming(row, info, "from"), description="From when it changes."
    )
    campaign_rate_bps = object_field(
        graphene.Int,
        lambda row, info: _campaign(row, info, "bps"),
        personal=True,
        description="The higher commission of a campaign that runs now, in basis points; nothing for others.",
    )
    campaign_name = object_field(
        graphene.String,
        lambda row, info: _campaign(row, info, "name"),
        personal=True,
        description="The name of that campaign.",
    )
    campaign_ends_at = object_field(
        DateTime,
        lambda row, info: _campaign(row, info, "end"),
        personal=True,
        description="When it ends and the locked rate counts again.",
    )
    sample_parcel = graphene.String(required=True, description="The parcel of the sample.")
    content_due_at = DateTime(description="Until when content is due.")
    invited_at = DateTime(required=True, description="When it began.")
    live_at = DateTime(description="Since when orders earn.")
    posts = object_field(
        graphene.List(graphene.NonNull(PostToChooseType)),
        lambda row, info: posts_to_choose(row) if row.promoter_id == info.context.viewer.id else [],
        required=True,
        personal=True,
        size=10,
        weight=5,
        description="The creator's own posts about the product; nothing for others.",
    )


def _rate(row: Collaboration, *, info: Any) -> int:
    rate = (found(info, "rates", row.promoter_id) or {}).get(row.product_id)
    return rate.bps if rate else row.brief.rate_bps


def _campaign(row: Collaboration, info: Any, what: str) -> Any:
    rule = (found(info, "campaigns", row.promoter_id) or {}).get(row.product_id)
    if rule is None or bps_of(rule) <= _rate(row, info=info):
        return None
    if what == "bps":
        return bps_of(rule)
    return translate(rule.campaign.name, info.context.viewer.locale) if what == "name" else rule.campaign.ends_at


def _coming(row: Collaboration, info: Any, what: str) -> Any:
    rate = (found(info, "coming", row.promoter_id) or {}).get(row.product_id)
    if rate is None:
        return None
    return rate.bps if what == "bps" else rate.valid.lower
