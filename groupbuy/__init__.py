"""Buying together: an offer, a group with a size and a deadline, its seats, and what happens
when it fills or does not.

It takes no payment and moves no stock: checkout calls it through a port, in the same
transaction as the order. The talk of a group is a room of messaging.
"""
