"""What the desk listens to."""

from backend.core.graphql import role, subscription_field
from backend.fulfilment.schema.desk_types import OrderDeskHintType


class Subscriptions:
    """Subscriptions of fulfilment."""

    order_desk_changed = subscription_field(
        OrderDeskHintType,
        topic=lambda viewer: "fulfilment:desk",
        permission=role("support", "growth"),
        personal=False,
        description="An order was confirmed, packed, sent, moved or given up; read it again.",
    )
