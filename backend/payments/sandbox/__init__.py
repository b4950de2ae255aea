"""A payment provider to practise with: a separate small process with its own pay page, its own memory, signed
webhooks that are repeated until they are taken, refunds with idempotency keys, and knobs for every way to fail.

It is no part of the shop. It knows neither Django nor the shop's database; all they share is a secret.
Run it with `python -m backend.payments.sandbox`.
"""
