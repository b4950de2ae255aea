"""People who recommend for a living: application, collaboration, commission per order line, statement, payout.

Every amount can be worked out again from the order line, the rate of that day and the terms; the auditor does.
It does not decide who gets the credit for an order (`referrals.invites` does), never moves a buyer's money,
and knows posts only through a port that the forum fills.
"""
