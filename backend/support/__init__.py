"""Help: articles that answer, and a person who does where they do not.

It holds the help centre with the versions of its articles, and tickets: questions, complaints and suggestions
with the time by which they are answered. It is not moderation of what people publish, and it grants nothing
by itself: a refund is asked of aftersales like anybody would.
"""
