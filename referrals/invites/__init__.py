"""One person bringing another: short links, the visits they cause, who is bound to whom,
and the reward that is pending until the purchase is safe.

It is not commission for promoters (influencers), and it never pays out by itself: points
are moved by the ledger.
"""
