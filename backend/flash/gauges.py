"""What must be right in flash sales."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.flash.selectors import miscounted_items, oversold
from backend.insights.ports import Gauge


def flash_oversold(campaign_id: UUID | None, now: datetime) -> int:
    """Items with more orders than pieces."""
    return oversold(campaign_id)


def flash_miscounted(campaign_id: UUID | None, now: datetime) -> int:
    """Items whose pieces do not add up to their quota."""
    return len(miscounted_items())


OVERSOLD = Gauge("flash_oversold", _("Flash pieces oversold"), "count", flash_oversold, lambda value: value == 0)
MISCOUNTED = Gauge(
    "flash_miscounted", _("Flash pieces miscounted"), "count", flash_miscounted, lambda value: value == 0
)
