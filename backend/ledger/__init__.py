"""The one double-entry book of the shop: accounts, transfers and postings that sum to zero,
for cash, refunds and points alike. The database itself refuses an unbalanced entry.

It is not a payment provider and holds no rule: it does not know why a transfer is right,
only that it balances, is never changed, and names its cause.
"""
