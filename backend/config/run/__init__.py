"""`make run`: everything from a bare clone to a shop that answers, and a clean end.

Setting up is a row of steps that know when they have nothing to do. Then honcho keeps the processes: when one of
them ends, honcho says which and stops the rest, and `make run` ends with its exit code.
"""
