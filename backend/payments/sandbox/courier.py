"""Carries webhooks to the shop's door for the sandbox provider."""

from backend.core.sandbox.courier import WebhookCourier
from backend.core.sandbox.store import Row
from backend.payments.providers.signing import SIGNATURE_HEADER, sign_body


class Courier(WebhookCourier):
    """Goes to one door, and signs for it."""

    look_every_seconds = 0.1

    def address_of(self, delivery: Row) -> str:
        """The one door."""
        return self._configuration.webhook_url

    def signature_of(self, delivery: Row, body: bytes, *, at: int, secret: str) -> dict[str, str]:
        """The signature of the provider."""
        return {SIGNATURE_HEADER: sign_body(body, at=at, secret=secret)}
