"""Who a person is to us: member, tier, points and what they are for, with the reason for
every point that came or went.

Balances are in the ledger; this app holds the rules and the lots. It is not sign-in
(accounts) and not the reward for inviting (referrals).
"""
