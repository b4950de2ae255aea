"""Who may ask for a root field or a mutation. Each one declares exactly one permission."""

from collections.abc import Callable
from dataclasses import dataclass

from backend.core.errors import NotAllowed, SignInRequired
from backend.core.graphql.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Permission:
    """A named rule about the viewer."""

    name: str
    needs_sign_in: bool
    holds: Callable[[Viewer], bool]

    def check(self, viewer: Viewer) -> None:
        """Let the viewer pass or refuse.

        Raises: SignInRequired, NotAllowed.
        """
        if self.needs_sign_in and not viewer.is_signed_in:
            raise SignInRequired
        if not self.holds(viewer):
            raise NotAllowed


anyone = Permission("anyone", needs_sign_in=False, holds=lambda viewer: True)
signed_in = Permission("signed in", needs_sign_in=True, holds=lambda viewer: True)


def role(*names: str) -> Permission:
    """Only holders of one of these roles. An admin may do what any role may."""
    allowed = frozenset(names) | {"admin"}
    return Permission(
        "role: " + ", ".join(names), needs_sign_in=True, holds=lambda viewer: bool(viewer.roles & allowed)
    )
