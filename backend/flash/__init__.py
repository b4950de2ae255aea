"""Flash sales: a few pieces at a low price for a short time, taken out of stock when the sale opens.

A buyer gets a token, the token reserves a piece, and the piece waits five minutes for its money.
What is counted here always adds up to the quota; the database keeps it so.
It prices no other goods (promotions do) and places no orders (checkout does).
"""
