"""When a purchase goes wrong: returns, exchanges and the refunds that follow, with each step
visible to the shopper.

It asks payments to refund and the ledger to record; it moves no money itself. A talk with
staff about a problem is support.
"""
