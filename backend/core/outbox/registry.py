"""Who wants to hear of what. Filled by each app's `ready()`, read by the relay."""

import dataclasses
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.utils.module_loading import import_string

from backend.core.outbox.events import Event, decode, event_type_named

Handler = Callable[..., None]


@dataclasses.dataclass(frozen=True)
class StoredEvent:
    """An event as the outbox holds it."""

    event_id: UUID
    name: str
    payload: dict[str, object]
    emitted_at: datetime


@dataclasses.dataclass(frozen=True)
class Subscription:
    """One handler, under the name that is written down when it has handled an event."""

    name: str
    handler: Handler | str
    wants_stored_form: bool = False

    def resolve(self) -> Handler:
        """Find the handler; a dotted path is imported here, when every app is ready."""
        found: Handler = import_string(self.handler) if isinstance(self.handler, str) else self.handler
        return found

    def handle(self, stored: StoredEvent) -> None:
        """Call the handler with the event in the form it wants."""
        if self.wants_stored_form:
            self.resolve()(name=stored.name, payload=stored.payload, event_id=stored.event_id, at=stored.emitted_at)
            return
        event_type = event_type_named(stored.name)
        if event_type is None:
            raise LookupError(f"No module that is loaded defines the event {stored.name}.")
        self.resolve()(decode(event_type, stored.payload))


_by_event: dict[str, list[Subscription]] = {}
_to_all: list[Subscription] = []


def subscribe(event_type: type[Event], handler: Handler | str, *, name: str | None = None) -> None:
    """Have a handler called with each event of a type. A dotted path spares `apps.py` an early import."""
    _add(_by_event.setdefault(event_type.event_name(), []), Subscription(name or _name_of(handler), handler))


def subscribe_all(handler: Handler | str, *, name: str | None = None) -> None:
    """Have a handler called as `handler(name=…, payload=…, event_id=…, at=…)` with every event."""
    _add(_to_all, Subscription(name or _name_of(handler), handler, wants_stored_form=True))


def subscriptions_for(event_name: str) -> list[Subscription]:
    """The handlers of an event, in the order in which they subscribed."""
    return [*_by_event.get(event_name, []), *_to_all]


def every_subscription() -> list[Subscription]:
    """All handlers of all events, for the system check."""
    return [subscription for some in _by_event.values() for subscription in some] + _to_all


def unsubscribe(name: str) -> None:
    """Forget a handler; tests use it to leave the registry as they found it."""
    for some in [*_by_event.values(), _to_all]:
        some[:] = [subscription for subscription in some if subscription.name != name]


def _add(to: list[Subscription], subscription: Subscription) -> None:
    to[:] = [known for known in to if known.name != subscription.name]
    to.append(subscription)


def _name_of(handler: Handler | str) -> str:
    return handler if isinstance(handler, str) else f"{handler.__module__}.{handler.__qualname__}"
