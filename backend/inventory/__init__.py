"""How many of each variant there are, and how many are spoken for: reserve, commit, release,
each in one conditional statement so that nothing is sold twice.

It is not a warehouse (fulfilment ships) and knows no price: it counts, and refuses
what is not there.
"""
