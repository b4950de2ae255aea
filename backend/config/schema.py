"""The one schema. Each app brings `schema/{types,queries,mutations,subscriptions}.py`; here they are joined.

An app without a `schema` package is skipped. The order is that of the floors, so that an upper app
can extend the types of a lower one.
"""

from django.conf import settings

from backend.core.graphql.joining import join_schema

schema = join_schema(settings.OUR_APPS)
