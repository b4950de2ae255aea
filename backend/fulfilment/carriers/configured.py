"""Which carriers this installation works with."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from backend.fulfilment.carriers.own import OwnDelivery
from backend.fulfilment.carriers.sandbox import SandboxCarrier
from backend.fulfilment.ports import register_carrier

SANDBOX = {"deer": _("Deer Express"), "elephant": _("Elephant Freight")}


def register_configured() -> None:
    """Make the carriers known: those of the sandbox, and the shop itself."""
    for code, name in SANDBOX.items():
        register_carrier(
            SandboxCarrier(code=code, name=name, url=settings.CARRIER_URL, secrets=settings.CARRIER_SECRETS)
        )
    register_carrier(OwnDelivery())
