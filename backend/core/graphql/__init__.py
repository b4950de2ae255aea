"""The GraphQL base: what an app's `schema/` package imports, and nothing else does.

It gives fields with permissions, mutations with typed refusals, connections, subscriptions and scalars,
and serves them at `/graphql` and `/ws/graphql` behind limits.
It knows no app and holds no business rule. Reads come from selectors, writes go to actions.
"""

from backend.core.freshness import bump
from backend.core.graphql.connections import Connection, PageInfoType, connection
from backend.core.graphql.execution import run_trusted
from backend.core.graphql.fields import ApiField, CacheRule, connection_field, extend, object_field, query_field
from backend.core.graphql.identifiers import as_uuid
from backend.core.graphql.mutations import Mutation
from backend.core.graphql.permissions import Permission, anyone, role, signed_in
from backend.core.graphql.scalars import JSON, BigInt, DateTime, MoneyType, ObjectType, PictureType, VideoType
from backend.core.graphql.subscriptions import subscription_field
from backend.core.graphql.viewer import Context, RequestFacts, Viewer
from backend.core.languages import Locale, translate
from backend.core.paging import Edge, Keyset, Page, PageInfo, keyset_page

__all__ = [
    "JSON",
    "ApiField",
    "BigInt",
    "CacheRule",
    "Connection",
    "Context",
    "DateTime",
    "Edge",
    "Keyset",
    "Locale",
    "MoneyType",
    "Mutation",
    "ObjectType",
    "Page",
    "PageInfo",
    "PageInfoType",
    "Permission",
    "PictureType",
    "RequestFacts",
    "VideoType",
    "Viewer",
    "anyone",
    "as_uuid",
    "bump",
    "connection",
    "connection_field",
    "extend",
    "keyset_page",
    "object_field",
    "query_field",
    "role",
    "run_trusted",
    "signed_in",
    "subscription_field",
    "translate",
]
