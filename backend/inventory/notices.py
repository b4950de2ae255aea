"""How the notifications of the stock room read."""

from django.utils.translation import gettext_lazy as _

from backend.messaging.kinds import register_kind

BACK_IN_STOCK = "inventory.back_in_stock"


def register_notices() -> None:
    """Say how each kind reads."""
    register_kind(
        BACK_IN_STOCK,
        title=_("Back in stock"),
        body=_("%(product)s %(kind)s is there again. Nothing is put aside for you, so have a look soon."),
    )
