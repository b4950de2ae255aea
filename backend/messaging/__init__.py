"""What people are told and tell one another: notifications, rooms with numbered events,
and mail and text messages on their way out through a gateway.

It is not the channel that carries live hints (that is core), and it decides nothing:
other apps say what happened, messaging tells it.
"""
