"""The races of the trade, each with a control that must fail.

A race is a module `race_NN_name.py` with `NUMBER`, `NAME` and `violations(*, guarded: bool) -> int`, which runs with
a database of its own, many real connections, and the promise either kept by the shop's own code (`guarded`) or left
to code that reads, decides and then writes. `python -m tests.drill` runs all, `python -m tests.drill 4 5` some.
"""
