"""Scalars that GraphQL lacks, and the small types that every app shares."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import graphene
from django.utils.text import camel_case_to_spaces
from graphql import Undefined
from graphql.language import ast

from backend.core.graphql.lean import leaf
from backend.core.money import Money

LARGEST_SAFE = 2**53 - 1
# Beyond these, another zone or a day more would leave what a calendar can hold.
YEARS = range(1900, 9000)
_SHOP_CURRENCY = Money.zero().currency


class BigInt(graphene.Scalar):
    """A whole number beyond 32 bits, written as a JSON number. It stays within what JavaScript holds exactly."""

    @staticmethod
    def serialize(value: Any) -> int:
        """Write a whole number; refuse one that a browser would round."""
        number = int(value)
        if number != value or abs(number) > LARGEST_SAFE:
            raise ValueError(f"not a safe whole number: {value!r}")
        return number

    @staticmethod
    def parse_value(value: Any) -> int:
        """Read a whole number given as a variable."""
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST_SAFE:
            raise ValueError("BigInt takes a whole number up to 2^53 - 1.")
        return value

    @staticmethod
    def parse_literal(node: ast.ValueNode, _variables: Any = None) -> Any:
        """Read a whole number written in the document."""
        if isinstance(node, ast.IntValueNode) and abs(int(node.value)) <= LARGEST_SAFE:
            return int(node.value)
        return Undefined


class DateTime(graphene.Scalar):
    """A moment in ISO 8601 with its zone."""

    @staticmethod
    def serialize(value: Any) -> str:
        """Write a moment; rows made by PostgreSQL bring theirs as text already."""
        if isinstance(value, str):
            return value
        if isinstance(value, dt.datetime):
            return value.isoformat()
        raise ValueError(f"not a moment: {value!r}")

    @staticmethod
    def parse_value(value: Any) -> dt.datetime:
        """Read a moment; one without a zone is refused."""
        moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else None
        if moment is None or moment.tzinfo is None:
            raise ValueError("DateTime takes ISO 8601 with a zone.")
        if moment.year not in YEARS:
            raise ValueError(f"DateTime takes the years {YEARS.start} to {YEARS.stop - 1}.")
        return moment

    @staticmethod
    def parse_literal(node: ast.ValueNode, _variables: Any = None) -> Any:
        """Read a moment written in the document."""
        if isinstance(node, ast.StringValueNode):
            return DateTime.parse_value(node.value)
        return Undefined


class JSON(graphene.Scalar):
    """Any JSON value, for data whose shape depends on its kind."""

    @staticmethod
    def serialize(value: Any) -> Any:
        """Write the value as it is."""
        return value

    @staticmethod
    def parse_value(value: Any) -> Any:
        """Read the value as it is."""
        return value

    @staticmethod
    def parse_literal(node: ast.ValueNode, variables: Mapping[str, Any] | None = None) -> Any:
        """Read a value written in the document."""
        match node:
            case ast.StringValueNode() | ast.BooleanValueNode() | ast.EnumValueNode():
                return node.value
            case ast.IntValueNode():
                return int(node.value)
            case ast.FloatValueNode():
                return float(node.value)
            case ast.ListValueNode():
                return [JSON.parse_literal(item, variables) for item in node.values]
            case ast.ObjectValueNode():
                return {field.name.value: JSON.parse_literal(field.value, variables) for field in node.fields}
            case ast.VariableNode():
                return (variables or {}).get(node.name.value)
        return None


class ObjectType(graphene.ObjectType):
    """Base of every type: `ProductType` is called `Product` outside, and its docstring describes it."""

    class Meta:
        abstract = True

    @classmethod
    def __init_subclass_with_meta__(cls, name: str | None = None, **options: Any) -> None:
        """Drop the suffix `Type` from the name that clients see."""
        super().__init_subclass_with_meta__(name=name or cls.__name__.removesuffix("Type"), **options)


def _minor(root: Any) -> int:
    if isinstance(root, int):
        return root
    return int(root["minor"] if isinstance(root, Mapping) else root.minor)


def _currency(root: Any) -> str:
    if isinstance(root, int):
        return _SHOP_CURRENCY
    return str(root["currency"] if isinstance(root, Mapping) else root.currency)


class MoneyType(ObjectType):
    """An amount of money in the smallest unit of its currency."""

    minor = graphene.Field(
        BigInt,
        required=True,
        resolver=leaf(_minor),
        description="The amount in minor units: 1990 is ¥19.90.",
    )
    currency = graphene.String(
        required=True, resolver=leaf(_currency), description="The ISO 4217 code of the currency."
    )


class PictureType(ObjectType):
    """A picture in the sizes and formats that browsers choose from."""

    id = graphene.ID(description="The picture's id, where it was uploaded by a person.")
    src = graphene.String(required=True, description="Address of a size that every browser shows.")
    avif = graphene.String(required=True, description="The AVIF sizes, as a srcset.")
    webp = graphene.String(required=True, description="The WebP sizes, as a srcset.")
    width = graphene.Int(required=True, description="Width of the original, for the layout.")
    height = graphene.Int(required=True, description="Height of the original, for the layout.")
    blur = graphene.String(required=True, description="A tiny preview as a data address.")

    @staticmethod
    def resolve_avif(root: Any, info: Any) -> str:
        """Read the AVIF sizes from what `picture_urls` gives."""
        return str(root.get("srcset_avif", root.get("avif", "")))

    @staticmethod
    def resolve_webp(root: Any, info: Any) -> str:
        """Read the WebP sizes from what `picture_urls` gives."""
        return str(root.get("srcset_webp", root.get("webp", "")))


class VideoType(ObjectType):
    """A short video as it was made anew, or how far that is."""

    id = graphene.ID(required=True, description="The video's id.")
    state = graphene.String(required=True, description="WAITING, READY or REFUSED.")
    problem = graphene.String(required=True, description="Why it could not be prepared, in words; empty otherwise.")
    url = graphene.String(description="Where it can be played; empty until it is ready.")
    poster = graphene.Field(PictureType, description="The picture to show before it plays; empty until it is ready.")
    seconds = graphene.Int(required=True, description="How long it is.")
    width = graphene.Int(required=True, description="Its width, for the layout.")
    height = graphene.Int(required=True, description="Its height, for the layout.")


def sentence(text: str | None, fallback: str) -> str:
    """Give the first paragraph of a docstring as a description, or make one from a name."""
    if text and text.strip():
        return " ".join(text.strip().split("\n\n")[0].split())
    return camel_case_to_spaces(fallback).capitalize() + "."
