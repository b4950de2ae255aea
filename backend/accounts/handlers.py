"""What accounts do when something happened to a person."""

from backend.accounts.events import RoleWithdrawn, SessionsEnded
from backend.core.realtime import kick


def close_sockets_of_ended_sessions(event: SessionsEnded) -> None:
    """Whoever was signed out everywhere hears nothing more on open sockets."""
    kick(event.user_id)


def close_sockets_of_withdrawn_role(event: RoleWithdrawn) -> None:
    """Whoever lost a role loses what its sockets told; the browser comes back as who they are now."""
    kick(event.user_id)
