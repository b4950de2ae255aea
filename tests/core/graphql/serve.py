"""`python -m tests.core.graphql.serve <port>`: the small shop behind Daphne, for a client in another process."""

from __future__ import annotations

from daphne.server import Server  # isort: skip

import dataclasses
import sys

import django

django.setup()

from backend.core.graphql.asgi import GraphQLDoor
from backend.core.graphql.documents import DocumentStore
from backend.core.graphql.runners import ThreadRunner
from backend.core.graphql.settings import limits
from backend.core.graphql.socket import GraphQLSocketDoor
from tests.core.graphql.shop import schema

runner = ThreadRunner(threads=4, waiting=100)
allowed = dataclasses.replace(limits(), socket_init_seconds=1.0)
store = DocumentStore(schema.graphql_schema, allowed)
http = GraphQLDoor(store=lambda: store, limits=lambda: allowed, runner=runner)
sockets = GraphQLSocketDoor(store=lambda: store, limits=lambda: allowed, runner=runner)


async def application(scope, receive, send):
    await (sockets if scope["type"] == "websocket" else http)(scope, receive, send)


if __name__ == "__main__":
    Server(application, endpoints=[f"tcp:{sys.argv[1]}:interface=127.0.0.1"], signal_handlers=False).run()
