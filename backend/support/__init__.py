"""Help from a person: questions to staff, tied to an order where there is one, and their answers.

It is not moderation of what people publish, and it grants nothing by itself: a refund is
asked of aftersales like anybody would.
"""
