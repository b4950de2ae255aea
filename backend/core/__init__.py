"""The cellar: money, clock, ids, refusals, locks, idempotency, events with their outbox, pictures, the GraphQL base.

Everything above stands on it, and it imports no app.
It is not a place for odds and ends: what only one app needs lives in that app.
It holds no rule of the trade. It says how things are done, never what is done.
The engines for development are in `embedded`, pushes to browsers in `realtime`, messages from outside in `webhooks`,
and what the sandboxes share in `sandbox`.
"""
