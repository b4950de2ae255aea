"""What must hold before the server starts."""

from django.core.checks import CheckMessage, Error

from backend.core.outbox.registry import every_subscription


def subscriptions_resolve(**_options: object) -> list[CheckMessage]:
    """Every handler that subscribed by its dotted path exists."""
    problems: list[CheckMessage] = []
    for subscription in every_subscription():
        try:
            subscription.resolve()
        except ImportError as problem:
            problems.append(Error(f"{subscription.name}: {problem}", id="core.E001"))
    return problems
