"""What may be refused about a parcel."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class NothingToSend(DomainError):
    """Every piece of the order is packed, sent or given back already."""

    message = _("Nothing of this order is left to pack. Open it to see its parcels.")


class TooManyPieces(DomainError):
    """More pieces are to be packed than are left of a line."""

    message = _("Only %(left)s pieces of this line are left to pack. Lower the number.")
    line_id: UUID
    left: int


class WrongPiece(DomainError):
    """A code was read that does not belong into this parcel."""

    message = _("%(read)s does not belong into this parcel. Put it back and take: %(expected)s.")
    field = "codes"
    read: str
    expected: str


class PiecesUnchecked(DomainError):
    """Not every piece was confirmed by its code."""

    message = _("Not every piece was checked. Read the code of: %(expected)s.")
    field = "codes"
    expected: str


class ResendWithdrawn(DomainError):
    """What was to be sent once more is not to be sent any more."""

    message = _("This is not to be sent again any more; its case was closed. Take it off the table.")


class ResendUnderway(DomainError):
    """A parcel with what is sent once more has left, so it cannot be called off."""

    message = _("The parcel for this case has left already. Wait until it arrives, or until it comes back.")


class UnknownCarrier(DomainError):
    """The shop does not work with this carrier."""

    message = _("This carrier is not known. Choose one from the list.")
    field = "carrier"


class TrackingNumberTaken(DomainError):
    """Another parcel of the carrier has this number."""

    message = _(
        "Another parcel already has the tracking number %(tracking_number)s. Check the label and enter it again."
    )
    field = "trackingNumber"
    tracking_number: str


class TrackingNumberNeeded(DomainError):
    """A parcel cannot leave with a carrier before it has a number."""

    message = _("This parcel has no tracking number yet. Enter it from the label, or wait until the carrier gives one.")
    field = "trackingNumber"


class ParcelMoved(DomainError):
    """A step was asked for that the parcel cannot take from where it stands."""

    message = _("This parcel has moved on in the meantime. Reload the page to see where it is.")
    state: str


class DeliveryFixed(DomainError):
    """The time of delivery cannot be chosen any more."""

    message = _(
        "The parcel is being sent, so its delivery time can no longer be changed. Ask the courier when they call."
    )


class SlotNotOffered(DomainError):
    """Nobody brings a parcel there at that time."""

    message = _("This delivery time is not offered for your address. Choose one of the times shown.")
    field = "delivery"
    day: date
    window: str


class TableUnreadable(DomainError):
    """A table of parcels cannot be read at all."""

    message = _(
        "The table cannot be read: %(problem)s. Save it as CSV with the columns order number, carrier, tracking number."
    )
    field = "table"
    problem: str
