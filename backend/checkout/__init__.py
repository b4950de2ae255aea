"""From a basket to a paid order: the quote with every adjustment explained, placing the order,
settling a payment, and giving everything back when an order is not paid in time.

It calls the adjustment port of promotions, through which group prices, coupons and points take part,
and keeps the order in which locks are taken; it owns no price rule of its own.
"""
