"""The tables of the cellar, gathered where Django looks for them."""

from backend.core.idempotency import IdempotencyRecord
from backend.core.outbox.models import HandledEvent, OutboxEvent
from backend.core.pictures.models import Picture, PictureMaking
from backend.core.state_log import StateLog
from backend.core.videos.models import Video, VideoMaking

__all__ = [
    "HandledEvent",
    "IdempotencyRecord",
    "OutboxEvent",
    "Picture",
    "PictureMaking",
    "StateLog",
    "Video",
    "VideoMaking",
]
