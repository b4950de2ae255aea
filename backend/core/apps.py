"""Wiring of the app: its system checks."""

from django.apps import AppConfig
from django.core import checks

from backend.core.checks import subscriptions_resolve


class CoreConfig(AppConfig):
    """The cellar, under the label that its tables carry."""

    name = "backend.core"
    label = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        """Register the checks that run before the server starts."""
        checks.register(subscriptions_resolve)
