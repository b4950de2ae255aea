"""Links of the growth team: what a channel cost, who came by it, who signed up, and what they bought.

It stands above invites, whose door and poster it uses, and beside influencers. A channel is not a person:
nobody is paid for it, and the credit of friends and creators for an order is never touched.
"""
