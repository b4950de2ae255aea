"""The demo: a shop with goods, people and three months of history, the same each time it is made.

One file per domain. Goods are data files in three languages; everything that has a history is made through the
actions of the apps with the time they would have been called at, so ledger, events and states are as true as in life.
"""
