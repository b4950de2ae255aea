"""People who promote for a living: application, agreed collaborations, commission on sales,
and its payout.

It stands on invites for who brought whom, and on the ledger for what is owed. A shopper
who invites a friend is not a promoter.
"""
