"""What the API shows of the points mall."""

from collections.abc import Sequence
from typing import Any

import graphene

from backend.catalogue.selectors import sellable_variants
from backend.core.graphql import DateTime, MoneyType, ObjectType, PictureType, object_field
from backend.core.languages import translate
from backend.core.pictures.models import Picture
from backend.core.pictures.storing import picture_urls
from backend.promotions.words import benefit_text, coupon_reason
from membership import selectors
from membership.models import MallItem
from membership.wording import why_not_item


def _taken(row: MallItem, info: Any) -> int:
    return int(info.context.loaders.get("mall.taken", {}).get(row.pk, 0))


def _why_not(row: MallItem, info: Any) -> str | None:
    loaders = info.context.loaders
    return why_not_item(
        row,
        taken=_taken(row, info),
        points=loaders.get("mall.points", 0),
        place=loaders.get("mall.place", 0),
        is_on_shelf=row.variant_id is None or row.variant_id in loaders.get("mall.variants", {}),
    )


class MallItemType(ObjectType):
    """One thing that points buy."""

    id = graphene.ID(required=True, description="The item's id.")
    name = object_field(
        graphene.String, lambda row, info: _said(row.names, info), required=True, description="What it is called."
    )
    kind = object_field(
        graphene.String,
        lambda row, info: "GOODS" if row.variant_id else "COUPON",
        required=True,
        description="GOODS are sent as an order, a COUPON comes at once.",
    )
    points = graphene.Int(required=True, description="How many points it takes.")
    left = graphene.Int(description="How many are left; empty means no end.")
    per_person = graphene.Int(required=True, description="How many one person may have.")
    taken = object_field(
        graphene.Int,
        _taken,
        required=True,
        personal=True,
        description="How many the viewer has had.",
    )
    tier_name = object_field(
        graphene.String,
        lambda row, info: _said(row.tier.names, info) if row.tier else None,
        description="From which level on it can be had; empty means for everybody.",
    )
    sentence = object_field(
        graphene.String,
        lambda row, info: (
            _said(coupon_reason(row.template.benefit, row.template.threshold_minor), info) if row.template else None
        ),
        description="What a coupon gives.",
    )
    headline = object_field(
        graphene.String,
        lambda row, info: _said(benefit_text(row.template.benefit), info) if row.template else None,
        description="What a coupon gives, in a few words.",
    )
    worth = object_field(
        MoneyType, lambda row, info: _shelf(row, info, "price"), description="What goods cost in the shop."
    )
    picture = object_field(
        PictureType, lambda row, info: _shelf(row, info, "picture"), description="The picture of goods."
    )
    why_not = object_field(
        graphene.String,
        _why_not,
        personal=True,
        description="Why the viewer cannot have it now, and the way out; empty if it can be had.",
    )


class MallExchangeType(ObjectType):
    """Points that the viewer exchanged."""

    id = graphene.ID(required=True, description="The exchange's id.")
    name = object_field(
        graphene.String, lambda row, info: _said(row.item.names, info), required=True, description="For what."
    )
    points = graphene.Int(required=True, description="How many points it took.")
    state = graphene.String(required=True, description="DONE, or RETURNED when the points came back.")
    order_id = graphene.ID(description="The order that is sent for it.")
    coupon_id = graphene.ID(description="The coupon that came for it.")
    at = graphene.Field(DateTime, required=True, description="When.")


def together(rows: Sequence[MallItem], info: Any) -> list[MallItem]:
    """Read what hangs on items that are shown together at once."""
    loaders, viewer = info.context.loaders, info.context.viewer
    variants = sellable_variants([row.variant_id for row in rows if row.variant_id])
    pictures = Picture.objects.in_bulk([shelf.picture_id for shelf in variants.values() if shelf.picture_id])
    loaders["mall.variants"], loaders["mall.pictures"] = variants, pictures
    ids = [row.pk for row in rows]
    loaders["mall.taken"] = selectors.exchanged_counts(viewer.id, ids) if viewer.is_signed_in else {}
    if viewer.is_signed_in:
        loaders["mall.points"] = selectors.points_available(viewer.id, now=info.context.now).amount
        loaders["mall.place"] = selectors.member_tier(viewer.id).position
    return list(rows)


def _said(names: Any, info: Any) -> str:
    return translate(names, info.context.viewer.locale)


def _shelf(row: MallItem, info: Any, part: str) -> Any:
    shelf = info.context.loaders.get("mall.variants", {}).get(row.variant_id)
    if shelf is None:
        return None
    if part == "price":
        return shelf.price_minor
    picture = info.context.loaders["mall.pictures"].get(shelf.picture_id)
    return picture_urls(picture) if picture else None
