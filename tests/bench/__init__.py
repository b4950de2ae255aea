"""Figures measured on real engines and a real web process.

A figure is a module with `figures() -> Iterable[Figure]`; its file name is the name by which it is chosen:
`python -m tests.bench` runs all, `python -m tests.bench checkout` one. Each prints a JSON line.
"""
