"""Numbers about payments that must be right, for the cockpit."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.insights.ports import Gauge
from backend.payments.models import Difference
from backend.payments.rules.risk import FAILURE_LIMIT_BPS, WINDOW, failure_bps
from backend.payments.selectors.refunds import stuck_refunds as found
from backend.payments.selectors.risk import failure_counts


def failure_rate(campaign_id: UUID | None, now: datetime) -> int:
    """The share of payments of the last hour that failed, in basis points."""
    tried, failed = failure_counts(since=now - WINDOW, until=now)
    return failure_bps(tried=tried, failed=failed)


def stuck_refunds(campaign_id: UUID | None, now: datetime) -> int:
    """Refunds that only a person can move, and transfers back that are late."""
    return found(now=now).count()


def open_differences(campaign_id: UUID | None, now: datetime) -> int:
    """Differences between a provider's statement and ours that nobody resolved."""
    return Difference.objects.filter(resolution="").count()


FAILURE_RATE = Gauge(
    "payment_failure", _("Payments that fail"), "bps", failure_rate, lambda value: value <= FAILURE_LIMIT_BPS
)
STUCK_REFUNDS = Gauge("stuck_refunds", _("Refunds that are stuck"), "count", stuck_refunds, lambda value: value == 0)
OPEN_DIFFERENCES = Gauge(
    "statement_differences", _("Statement differences"), "count", open_differences, lambda value: value == 0
)
