"""Feeds: one answer per event and selection, however many sockets asked for it."""

import asyncio
import logging
import weakref
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson
from graphql import get_argument_values
from graphql.execution.values import get_variable_values
from graphql.language import ast

from backend.core.clock import now
from backend.core.graphql.documents import Operation
from backend.core.graphql.execution import run_operation
from backend.core.graphql.guards import DocumentRefused
from backend.core.graphql.joining import facts_of
from backend.core.graphql.runners import Runner
from backend.core.graphql.subscriptions import SubscriptionField
from backend.core.graphql.viewer import Context, RequestFacts, Viewer
from backend.core.realtime.hub import Hub, hub

log = logging.getLogger("backend.graphql")

Offer = Callable[[str], None]
_EVENTS_KEPT = 64
_ANSWER_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Selection:
    """What one subscription listens to and what it wants to know of it."""

    operation: Operation
    variables: Mapping[str, Any]
    viewer: Viewer
    topic: str
    key: str


def open_selection(operation: Operation, variables: Mapping[str, Any], viewer: Viewer) -> Selection:
    """Check that the viewer may listen, and give the selection.

    Raises: DocumentRefused, GraphQLError, and the refusals of the field's `authorise`.
    """
    schema = operation.document.schema
    root: Any = schema.subscription_type
    node = operation.node.selection_set.selections[0]
    if not isinstance(node, ast.FieldNode) or not isinstance(
        field := facts_of(root, node.name.value), SubscriptionField
    ):
        raise DocumentRefused("INVALID_DOCUMENT", "A subscription names its one field directly.")
    values = get_variable_values(schema, operation.node.variable_definitions or (), dict(variables))
    if isinstance(values, list):
        raise values[0]
    topic = field.open(viewer, get_argument_values(root.fields[node.name.value], node, values))
    reader = viewer if operation.public.is_personal else Viewer(locale=viewer.locale)
    named = {name: variables[name] for name in operation.variable_names if name in variables}
    parts = [topic, operation.document.id, operation.name, named, str(reader.user_id), reader.locale]
    key = orjson.dumps(parts, option=orjson.OPT_SORT_KEYS).decode()
    return Selection(operation=operation, variables=variables, viewer=reader, topic=topic, key=key)


class Feed:
    """The answers to one selection, made in the order of the events."""

    def __init__(self, selection: Selection, runner: Runner) -> None:
        self.selection = selection
        self.offers: set[Offer] = set()
        self._runner = runner
        self._events: deque[dict[str, Any]] = deque(maxlen=_EVENTS_KEPT)
        self._task: asyncio.Task[None] | None = None

    def told(self, event: dict[str, Any]) -> None:
        """Take an event; the oldest is dropped when answers cannot follow, which a hint allows."""
        self._events.append(event)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._answer())

    async def _answer(self) -> None:
        while self._events:
            event = self._events.popleft()
            try:
                body = await self._runner.run(partial(self._make, event), seconds=_ANSWER_SECONDS)
            except Exception:
                log.exception("an event of %s was not told", self.selection.topic)
                continue
            for offer in tuple(self.offers):
                offer(body)

    def _make(self, event: dict[str, Any]) -> str:
        chosen = self.selection
        context = Context(viewer=chosen.viewer, now=now(), request=RequestFacts(id=f"topic {chosen.topic}"))
        answer = run_operation(chosen.operation, chosen.variables, context, root=event)
        return orjson.dumps(answer.body, default=str).decode()


class Feeds:
    """The feeds of one event loop."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._feeds: dict[str, Feed] = {}

    async def join(self, selection: Selection, offer: Offer, runner: Runner) -> None:
        """Offer the answers of a selection from now on."""
        feed = self._feeds.get(selection.key)
        if feed is None:
            feed = self._feeds[selection.key] = Feed(selection, runner)
        feed.offers.add(offer)
        await self.hub.listen(selection.topic, feed.told)

    async def leave(self, selection: Selection, offer: Offer) -> None:
        """Offer no longer; the last one to leave ends the feed."""
        feed = self._feeds.get(selection.key)
        if feed is None:
            return
        feed.offers.discard(offer)
        if not feed.offers:
            del self._feeds[selection.key]
            await self.hub.leave(selection.topic, feed.told)

    def __len__(self) -> int:
        return len(self._feeds)


_feeds: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Feeds]" = weakref.WeakKeyDictionary()


def feeds() -> Feeds:
    """Give the feeds of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _feeds:
        _feeds[loop] = Feeds(hub())
    return _feeds[loop]
