"""Who is there: sign-in by email, phone or password, addresses, consent, profile, roles,
follow and block. A user stays thin: what another app knows of a person lives in that app.

It is not membership (tiers and points), not messaging (what a person is told),
and it decides nothing about orders or money.
"""
