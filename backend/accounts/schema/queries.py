"""What can be read of people."""

from typing import Any

import graphene

from backend.accounts.schema.types import ProfileType, ViewerType
from backend.accounts.selectors import own_account, public_profile
from backend.core.errors import NotFound
from backend.core.graphql import anyone, query_field


def _viewer(root: Any, info: Any) -> Any:
    viewer = info.context.viewer
    return own_account(viewer.id) if viewer.is_signed_in else None


def _profile(root: Any, info: Any, id: Any) -> Any:
    try:
        return public_profile(person_id=id, viewer_id=info.context.viewer.user_id)
    except NotFound:
        return None


class Query:
    """Root fields of people."""

    viewer = query_field(ViewerType, _viewer, permission=anyone, description="Who asks; null when nobody is signed in.")
    profile = query_field(
        ProfileType,
        _profile,
        permission=anyone,
        id=graphene.ID(required=True, description="The person's id."),
        description="The page of a person; null when there is none or it is not for the viewer.",
    )
