"""Questions about links."""

import graphene

from backend.core.graphql import anyone, query_field
from referrals.invites import selectors
from referrals.invites.schema.desk import DeskQuery
from referrals.invites.schema.types import ShareLinkType


class Query(DeskQuery):
    """Root fields of invitations."""

    share_link = query_field(
        ShareLinkType,
        lambda root, info, code: selectors.link_by_code(code),
        permission=anyone,
        code=graphene.String(required=True, description="The code in the short address."),
        description="Whose link it is and where it leads.",
    )
