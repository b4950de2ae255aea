"""Talking about it. Three apps: `forum` (topics, posts, circles), `reviews` (what buyers say of
a product), and `moderation` over both.

A folder, not an app: it has no tables of its own. The room of a group or an order is
messaging, not community.
"""
