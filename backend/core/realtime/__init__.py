"""Live hints for browsers: `publish` tells, the hub of each process listens.

It carries small hints over the channel layer and promises no delivery.
It is not a store: whoever was away reads the truth from the API.
"""

from backend.core.realtime.publishing import kick, publish

__all__ = ["kick", "publish"]
