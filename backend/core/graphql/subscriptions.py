"""Subscriptions: a topic of the hub, and how one event of it becomes an answer."""

from collections.abc import Callable
from typing import Any

from backend.core.graphql.fields import ApiField, Resolver
from backend.core.graphql.identifiers import convert_arguments
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

    def wrap_resolve(self, parent_resolver: Resolver) -> Resolver:
        """Give the resolver as it is: who may listen was decided when the subscription was opened."""
        resolve = self.resolver or parent_resolver

        def resolve_event(root: Any, info: Any, **given: Any) -> Any:
            return resolve(root, info, **convert_arguments(given, self.converters))

        return resolve_event

    def wrap_subscribe(self, parent_subscribe: Any) -> Any:
        """Mark the field as a source; the socket does the subscribing itself."""
        return _not_subscribed_here

    def open(self, viewer: Viewer, arguments: dict[str, Any]) -> str:
        """Check that the viewer may listen, and give the topic.

        Raises: SignInRequired, NotAllowed, NotFound.
        """
        (self.permission or anyone).check(viewer)
        arguments = convert_arguments(arguments, self.converters)
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
    personal: bool | None = None,
    required: bool = True,
    description: str,
    **arguments: Any,
) -> SubscriptionField:
    """A field of Subscription, fed by `publish(topic, payload)`.

    `topic(viewer, **arguments)` names what to listen to.
    `authorise(viewer, **arguments)` raises NotFound or NotAllowed.
    `resolver(event, info, **arguments)` makes the answer from the payload; without one the payload is the answer.
    An answer is made once for all listeners of the same selection. A `personal` one is made once per viewer;
    that is so for fields behind a sign-in unless `personal=False` says that the answer is the same for all.
    """
    return SubscriptionField(
        type_,
        topic=topic,
        authorise=authorise,
        args=arguments,
        resolver=resolver or (lambda event, info, **given: event),
        permission=permission,
        personal=permission.needs_sign_in if personal is None else personal,
        required=required,
        description=description,
    )


def _not_subscribed_here(*_given: Any, **_arguments: Any) -> Any:
    raise TypeError("subscriptions run over /ws/graphql")
