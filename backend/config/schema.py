"""The one schema. Each app brings `schema/{types,queries,mutations,subscriptions}.py`; here they are joined.

An app without a `schema` package is skipped. The order is that of the floors, so that an upper app
can extend the types of a lower one.
"""

from backend.core.graphql.joining import join_schema

APPS = (
    "backend.accounts",
    "backend.messaging",
    "backend.ledger",
    "backend.experiments",
    "backend.insights",
    "backend.catalogue",
    "backend.search",
    "backend.inventory",
    "backend.promotions",
    "backend.cart",
    "backend.orders",
    "backend.payments",
    "backend.fulfilment",
    "backend.checkout",
    "backend.aftersales",
    "backend.support",
    "backend.recommendations",
    "membership",
    "groupbuy",
    "referrals.invites",
    "referrals.influencers",
    "community.forum",
    "community.reviews",
    "community.moderation",
)

schema = join_schema(APPS)
