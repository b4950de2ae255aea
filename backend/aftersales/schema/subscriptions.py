"""What the desk hears while it looks at the queue."""

from backend.aftersales.schema.desk import AfterSaleHintType
from backend.aftersales.schema.loaders import DESK_ROLES
from backend.core.graphql import role, subscription_field


class Subscriptions:
    """Subscriptions of after-sales."""

    after_sales_changed = subscription_field(
        AfterSaleHintType,
        topic=lambda viewer: "after_sales",
        permission=role(*DESK_ROLES),
        personal=False,
        description="A case was opened, moved or written to; read it again.",
    )
