"""Carries webhooks to the shop's door for carriers."""

from backend.core.sandbox.courier import WebhookCourier
from backend.core.sandbox.store import Row
from backend.fulfilment.carriers.signing import SIGNATURE_HEADER, sign_body


class Courier(WebhookCourier):
    """Goes to the door of each carrier, and signs for that carrier."""

    look_every_seconds = 0.2

    def address_of(self, delivery: Row) -> str:
        """The door of the carrier."""
        return f"{self._configuration.webhook_url.rstrip('/')}/{delivery['carrier']}"

    def signature_of(self, delivery: Row, body: bytes, *, at: int, secret: str) -> dict[str, str]:
        """The signature of the carrier."""
        return {SIGNATURE_HEADER: sign_body(body, carrier=delivery["carrier"], at=at, secret=secret)}
