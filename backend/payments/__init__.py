"""Money that comes and goes through a payment provider: charges, captures, refunds, and every
signed message from the provider, kept even when it is refused.

It is not the provider (the sandbox is a separate process) and never calls a payment done
by itself; it does not decide what an order is worth.
"""
