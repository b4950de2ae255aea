"""Subscriptions: a topic of the hub, and how one event of it becomes an answer."""

from collections.abc import Callable
from typing import Any

from backend.core.graphql.fields import ApiField
from backend.core.graphql.permissions import Permission, anyone
from backend.core.graphql.viewer import Viewer


class SubscriptionField(ApiField):
    """A field of Subscription. Its resolver gets the event that was published as `root`."""

    def __init__(
        self, type_: Any, *, topic: Callable[..., str], authorise: Callable[..., None] | None, **options: Any
    ) -> None:
        super().__init__(type_, **options)
        self.topic = topic
        self.authorise = authorise

    def wrap_subscribe(self, parent_subscribe: Any) -> Any:
        """Mark the field as a source; the socket does the subscribing itself."""
        return _not_subscribed_here

    def open(self, viewer: Viewer, arguments: dict[str, Any]) -> str:
        """Check that the viewer may listen, and give the topic.

        Raises: SignInRequired, NotAllowed, NotFound.
        """
        (self.permission or anyone).check(viewer)
        if self.authorise is not None:
            self.authorise(viewer, **arguments)
        return self.topic(viewer, **arguments)


def subscription_field(
    type_: Any,
    *,
    topic: Callable[..., str],
    resolver: Callable[..., Any] | None = None,
    authorise: Callable[..., None] | None = None,
    permission: Permission,
    personal: bool = False,
    required: bool = True,
    description: str,
    **arguments: Any,
) -> SubscriptionField:
    """A field of Subscription, fed by `publish(topic, payload)`.

    `topic(viewer, **arguments)` names what to listen to. `authorise(viewer, **arguments)` raises NotFound or NotAllowed.
    `resolver(event, info, **arguments)` makes the answer from the published payload; without one the payload is the answer.
    An answer is made once for all listeners of the same selection; `personal` makes it once per viewer.
    """
    return SubscriptionField(
        type_,
        topic=topic,
        authorise=authorise,
        args=arguments,
        resolver=resolver or (lambda event, info, **given: event),
        permission=permission,
        personal=personal,
        required=required,
        description=description,
    )


def _not_subscribed_here(*_given: Any, **_arguments: Any) -> Any:
    raise TypeError("subscriptions run over /ws/graphql")
