"""Bringing others. Two apps: `invites` (links, clicks, who brought whom, rewards) and
`influencers` (people who promote for a commission), influencers over invites.

A folder, not an app: it has no tables of its own. What a reward is worth comes from a
campaign, never from code here.
"""
