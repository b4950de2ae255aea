"""Wiring of the app: which events it hears."""

from django.apps import AppConfig

from backend.accounts.events import RoleWithdrawn, SessionsEnded
from backend.core.outbox import subscribe


class AccountsConfig(AppConfig):
    """People, and how they sign in."""

    name = "backend.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Close sockets of people who may no longer hear what they tell."""
        subscribe(SessionsEnded, "backend.accounts.handlers.close_sockets_of_ended_sessions")
        subscribe(RoleWithdrawn, "backend.accounts.handlers.close_sockets_of_withdrawn_role")
