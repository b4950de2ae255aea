"""Contests: people show what they bought, others vote, the best get points.

Promises: one entry and one vote for each person, prizes that were set aside before the first entry, an order that
anybody can count again. It does not write, show or hide posts: it knows them only as the forum shows them.
"""
