"""Facts that are told once they are true.

An event is a row written in the transaction of its cause, and delivered after the commit, at least once and
in order per aggregate. Each handler's effect commits together with the note that it handled the event,
so the effect happens exactly once. Nothing here imports a model, so any module may import it at any time.
"""

from backend.core.outbox.emitting import emit, emit_many
from backend.core.outbox.events import Event
from backend.core.outbox.registry import subscribe, subscribe_all
from backend.core.outbox.relay import deliver_pending

__all__ = ["Event", "deliver_pending", "emit", "emit_many", "subscribe", "subscribe_all"]
