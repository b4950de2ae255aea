"""What people can do about themselves and one another."""

from datetime import datetime
from typing import Any

import graphene

from backend.accounts import errors
from backend.accounts.actions import (
    AddressText,
    ProfileChange,
    block_person,
    delete_address,
    follow_person,
    save_address,
    unblock_person,
    unfollow_person,
    update_profile,
)
from backend.accounts.schema.security import SecurityMutations
from backend.accounts.schema.types import AddressType, ProfileType
from backend.accounts.selectors import public_profile
from backend.core.graphql import Mutation, RequestFacts, Viewer, signed_in


class UpdateProfile(Mutation):
    """Change name, introduction, face, picture or language; what is left out stays as it is."""

    class Input:
        name = graphene.String(description="The new name, 2 to 24 characters.")
        bio = graphene.String(description="The new introduction, at most 160 characters.")
        face = graphene.String(description="The key of one of the faces.")
        picture_id = graphene.ID(description="A picture that the viewer uploaded.")
        locale = graphene.String(description="zh-Hans, zh-Hant or en.")
        is_listed = graphene.Boolean(description="Whether others may open the page.")

    errors = (errors.PictureNotYours,)
    permission = signed_in
    profile = graphene.Field(ProfileType, description="The viewer's page.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        change = ProfileChange(
            name=input.name,
            bio=input.bio,
            face=input.face,
            picture_id=input.picture_id,
            locale=input.locale,
            is_listed=input.is_listed,
        )
        update_profile(user_id=viewer.id, change=change, now=now)
        return {"profile": public_profile(person_id=viewer.id, viewer_id=viewer.id)}


class SaveAddress(Mutation):
    """Keep a new address, or change the one with this id."""

    class Input:
        id = graphene.ID(description="The address to change; leave it out for a new one.")
        name = graphene.String(required=True, description="Who receives the parcel.")
        phone = graphene.String(required=True, description="The receiver's phone number.")
        province = graphene.String(required=True, description="The province or region.")
        city = graphene.String(required=True, description="The city.")
        district = graphene.String(description="The district.")
        line = graphene.String(required=True, description="Street, house and door.")
        region_code = graphene.String(description="The code of district or city; it stands above their names.")
        is_default = graphene.Boolean(description="Whether new orders go there.")

    errors = (errors.AddressLimitReached,)
    permission = signed_in
    address = graphene.Field(AddressType, description="The address as it is kept.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        text = AddressText(
            name=input.name,
            phone=input.phone,
            province=input.province,
            city=input.city,
            district=input.district or "",
            line=input.line,
            region_code=input.region_code or "",
        )
        address = save_address(
            user_id=viewer.id, text=text, address_id=input.id, is_default=bool(input.is_default), now=now
        )
        return {"address": address}


class DeleteAddress(Mutation):
    """Forget an address. Orders keep the copy they were made with."""

    class Input:
        id = graphene.ID(required=True, description="The address.")

    permission = signed_in
    deleted_id = graphene.ID(description="The id of the address that is gone.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        return {"deleted_id": delete_address(user_id=viewer.id, address_id=input.id)}


class FollowPerson(Mutation):
    """Hear of a person from now on."""

    class Input:
        person_id = graphene.ID(required=True, description="The person.")

    errors = (errors.CannotFollowYourself, errors.FollowLimitReached)
    permission = signed_in
    profile = graphene.Field(ProfileType, description="The person's page.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        follow_person(follower_id=viewer.id, followee_id=input.person_id, now=now)
        return {"profile": public_profile(person_id=input.person_id, viewer_id=viewer.id)}


class UnfollowPerson(Mutation):
    """Hear no more of a person."""

    class Input:
        person_id = graphene.ID(required=True, description="The person.")

    permission = signed_in
    profile = graphene.Field(ProfileType, description="The person's page.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        unfollow_person(follower_id=viewer.id, followee_id=input.person_id, now=now)
        return {"profile": public_profile(person_id=input.person_id, viewer_id=viewer.id)}


class BlockPerson(Mutation):
    """Hear nothing of a person and be hidden from them."""

    class Input:
        person_id = graphene.ID(required=True, description="The person.")

    errors = (errors.CannotBlockYourself,)
    permission = signed_in
    blocked_id = graphene.ID(description="The person who is blocked now.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        block_person(blocker_id=viewer.id, blocked_id=input.person_id, now=now)
        return {"blocked_id": input.person_id}


class UnblockPerson(Mutation):
    """Take a block back."""

    class Input:
        person_id = graphene.ID(required=True, description="The person.")

    permission = signed_in
    unblocked_id = graphene.ID(description="The person who is not blocked any more.")

    @classmethod
    def perform(cls, viewer: Viewer, input: Any, now: datetime, request: RequestFacts) -> dict[str, Any]:
        """Call the action."""
        unblock_person(blocker_id=viewer.id, blocked_id=input.person_id)
        return {"unblocked_id": input.person_id}


class Mutations(SecurityMutations):
    """Mutations about people."""

    update_profile = UpdateProfile.field()
    save_address = SaveAddress.field()
    delete_address = DeleteAddress.field()
    follow_person = FollowPerson.field()
    unfollow_person = UnfollowPerson.field()
    block_person = BlockPerson.field()
    unblock_person = UnblockPerson.field()
