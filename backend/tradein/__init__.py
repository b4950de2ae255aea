"""Trade-in: an old thing given in return for store credit.

It holds the price lists with their versions, what a shopper said of a thing, the offer that follows from it by
steps, and what an inspector found. Credit is given by payments, through the ledger, within a budget of the month.
It sells nothing and returns nothing of an order: that is aftersales.
"""
