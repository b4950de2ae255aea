"""What the shop sells: categories, products, their options and variants, pictures and
honest words in three languages, with the price of buying alone.

It is not stock (inventory), not discounts (promotions), and not the order of a list
of results (search).
"""
