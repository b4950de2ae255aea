"""What a shopper means to buy, kept between visits: lines of variants and quantities,
checked against stock and price whenever it is shown.

It is not a promise: nothing is reserved and no price is fixed until checkout places
an order.
"""
