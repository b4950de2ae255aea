"""The two doors of the API as the server mounts them; they share their threads."""

from functools import cache

from backend.core.graphql.asgi import GraphQLDoor
from backend.core.graphql.documents import document_store
from backend.core.graphql.runners import ThreadRunner
from backend.core.graphql.settings import limits
from backend.core.graphql.socket import GraphQLSocketDoor


@cache
def runner() -> ThreadRunner:
    """Give the threads of this process."""
    return ThreadRunner(threads=limits().threads, waiting=limits().waiting)


@cache
def http_door() -> GraphQLDoor:
    """Give the application at /graphql."""
    return GraphQLDoor(store=document_store, limits=limits, runner=runner())


@cache
def socket_door() -> GraphQLSocketDoor:
    """Give the application at /ws/graphql."""
    return GraphQLSocketDoor(store=document_store, limits=limits, runner=runner())
