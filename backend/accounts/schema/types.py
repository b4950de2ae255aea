"""Types of people. Upper apps add their own fields to the viewer and the profile."""

import graphene

from backend.accounts.selectors import addresses_of, public_profile
from backend.core.graphql import DateTime, ObjectType, object_field


class PersonType(ObjectType):
    """The public part of a person at a glance."""

    id = graphene.ID(required=True, description="The person's id.")
    name = graphene.String(required=True, description="The name they chose.")
    face = object_field(
        graphene.String, lambda root, info: root["face_url"], required=True, description="Address of their picture."
    )
    is_self = object_field(
        graphene.Boolean,
        lambda root, info: root["id"] == info.context.viewer.user_id,
        required=True,
        personal=True,
        description="Whether this is the viewer.",
    )


class ProfileType(ObjectType):
    """The page of a person."""

    id = graphene.ID(required=True, description="The person's id.")
    name = graphene.String(required=True, description="The name they chose.")
    face = object_field(
        graphene.String, lambda root, info: root["face_url"], required=True, description="Address of their picture."
    )
    face_key = graphene.String(required=True, description="The face they wear where no picture of their own is chosen.")
    bio = graphene.String(required=True, description="What they say of themselves.")
    joined_at = graphene.Field(DateTime, required=True, description="Since when they have an account.")
    is_self = object_field(
        graphene.Boolean,
        lambda root, info: root["id"] == info.context.viewer.user_id,
        required=True,
        personal=True,
        description="Whether this is the viewer.",
    )
    is_followed = object_field(
        graphene.Boolean, required=True, personal=True, description="Whether the viewer follows them."
    )
    followers_count = graphene.Int(required=True, description="How many people follow them.")
    following_count = graphene.Int(required=True, description="How many people they follow.")


class AddressType(ObjectType):
    """Where the viewer wants things sent."""

    id = graphene.ID(required=True, description="The address's id.")
    name = graphene.String(required=True, description="Who receives the parcel.")
    phone = graphene.String(required=True, description="The receiver's phone number, with country code.")
    province = graphene.String(required=True, description="The province or region.")
    city = graphene.String(required=True, description="The city.")
    district = graphene.String(required=True, description="The district; empty where there is none.")
    line = graphene.String(required=True, description="Street, house and door.")
    region_code = graphene.String(
        required=True, description="The code of the district, or of a city without one; empty for old addresses."
    )
    is_default = graphene.Boolean(required=True, description="Whether new orders go there.")


class ViewerType(ObjectType):
    """The person who asks, and everything that is only theirs."""

    id = graphene.ID(required=True, description="The viewer's id.")
    profile = object_field(
        ProfileType,
        lambda root, info: public_profile(person_id=root["id"], viewer_id=root["id"]),
        required=True,
        personal=True,
        description="The viewer's public page.",
    )
    email = graphene.String(description="The email they sign in with.")
    phone = graphene.String(description="The phone number they sign in with.")
    has_password = graphene.Boolean(required=True, description="Whether a password is set beside the codes.")
    roles = object_field(
        graphene.List(graphene.NonNull(graphene.String)),
        required=True,
        size=5,
        description="Roles beyond shopper.",
    )
    locale = graphene.String(required=True, description="The language they read: zh-Hans, zh-Hant or en.")
    addresses = object_field(
        graphene.List(graphene.NonNull(AddressType)),
        lambda root, info: addresses_of(root["id"]),
        required=True,
        personal=True,
        size=20,
        description="Their addresses, the default one first.",
    )
