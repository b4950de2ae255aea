"""Carriers to practise with: a separate small process in which two carriers live, with their own memory, a clock that
can run faster than life, signed webhooks that are repeated until they are taken, and knobs for every way to fail.

It is no part of the shop. It knows neither Django nor the shop's database; all they share is a secret.
Run it with `python -m backend.fulfilment.sandbox`.
"""
