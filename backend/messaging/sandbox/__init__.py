"""A gateway that sends nothing: it takes text messages by HTTP and mail by SMTP, and shows them.

A process of its own, `python -m backend.messaging.sandbox`, so that the shop meets a gateway that can be slow,
absent or wrong. Its knobs make it so. It knows nothing of the shop and only listens on this machine.
"""
