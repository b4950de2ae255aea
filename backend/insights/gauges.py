"""The gauge that insights reads itself: how late events are delivered."""

from django.utils.translation import gettext_lazy as _

from backend.insights.ports import Gauge
from backend.insights.selectors import SLOWEST_OUTBOX_SECONDS, outbox_lag_seconds

OUTBOX_LAG = Gauge(
    key="outbox_lag",
    label=_("Events waiting"),
    unit="seconds",
    read=lambda campaign_id, now: outbox_lag_seconds(now),
    is_healthy=lambda seconds: seconds < SLOWEST_OUTBOX_SECONDS,
)
