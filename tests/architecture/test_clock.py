"""Only doors read the clock; everything behind them is told what time it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.code import File, line, product_files

BEHIND_THE_DOORS = {"handlers", "actions", "selectors", "rules", "ports", "models", "events", "errors"}
READS = {
    ("timezone", "now"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
    ("clock", "now"),
}


def clock_reads(file: File) -> Iterator[str]:
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in READS:
            yield line(file, node, f"reads the clock with {node.value.id}.{node.attr}")
        elif isinstance(node, ast.ImportFrom) and node.module == "backend.core.clock":
            yield from (line(file, node, "imports the clock's now") for name in node.names if name.name == "now")


def test_only_doors_read_the_clock():
    behind = [file for file in product_files() if file.app != "backend.core" and file.layer in BEHIND_THE_DOORS]

    assert [words for file in behind for words in clock_reads(file)] == []


def test_the_walk_sees_every_way_to_read_the_clock():
    bad = "from backend.core.clock import now\na = timezone.now()\nb = datetime.now(tz=UTC)"

    assert len(list(clock_reads(File(Path("groupbuy/actions.py"), bad)))) == 3
