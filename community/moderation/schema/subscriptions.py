"""What moderators hear while they look at the queue."""

from backend.core.graphql import role, subscription_field
from community.moderation.schema.types import QueueHintType


class Subscriptions:
    """Subscriptions of moderation."""

    queue_changed = subscription_field(
        QueueHintType,
        topic=lambda viewer: "moderation",
        permission=role("moderator", "senior_moderator"),
        personal=False,
        description="A case was reported, claimed, given back, decided or moved; read it again.",
    )
