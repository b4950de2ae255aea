"""Sizes, names, imports and docstrings."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from backend.core.embedded.places import PROJECT
from tests.architecture.code import FLOOR_OF, File, line, product_files

MOST_LINES_OF_FILE = 400
MOST_LINES_OF_FUNCTION = 40
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "data", "info", "process", "misc", "common"}
FRONTEND_SOURCES = ("*.ts", "*.vue", "*.css")


def long_functions(file: File) -> Iterator[str]:
    for node in ast.walk(file.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or 0) - node.body[0].lineno + 1 - docstring_lines(node)
            if lines > MOST_LINES_OF_FUNCTION:
                yield line(file, node, f"{node.name} has {lines} lines")


def docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    if ast.get_docstring(node, clean=False) is None:
        return 0
    return (first.end_lineno or 0) - first.lineno + 1


def hidden_imports(file: File) -> Iterator[str]:
    for node in ast.walk(file.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    yield line(file, inner, f"imports inside {node.name}")
        elif (
            isinstance(node, ast.Name | ast.Attribute)
            and getattr(node, "id", getattr(node, "attr", "")) == "TYPE_CHECKING"
        ):
            yield line(file, node, "goes round the layers with TYPE_CHECKING")


def signals(file: File) -> Iterator[str]:
    for node in ast.walk(file.tree):
        if isinstance(node, ast.ImportFrom) and node.module in {"django.db.models.signals", "django.dispatch"}:
            yield line(file, node, "uses Django's signals; emit an event instead")


def loose_actions(file: File) -> Iterator[str]:
    """An action (it opens a transaction) takes keywords only, says every type, and says what it promises."""
    for node in file.tree.body:
        if isinstance(node, ast.FunctionDef) and is_action(node) and not node.name.startswith("_"):
            if node.args.args or node.args.posonlyargs or node.args.vararg:
                yield line(file, node, f"{node.name} takes arguments by position")
            if node.returns is None or any(argument.annotation is None for argument in node.args.kwonlyargs):
                yield line(file, node, f"{node.name} leaves a type out")
            if ast.get_docstring(node) is None:
                yield line(file, node, f"{node.name} has no docstring")


def is_action(node: ast.FunctionDef) -> bool:
    return any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list)


def loose_saves(file: File) -> Iterator[str]:
    for node in ast.walk(file.tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "save":
            continue
        if ast.unparse(node.func.value) == "default_storage":
            continue
        if not any(keyword.arg in {"update_fields", "force_insert"} for keyword in node.keywords):
            yield line(file, node, "saves every column; name them with update_fields")


def frontend_files() -> Iterator[Path]:
    for folder in ("apps", "features", "shared"):
        for pattern in FRONTEND_SOURCES:
            yield from sorted((PROJECT / "frontend" / folder).rglob(pattern))


def test_no_file_is_longer_than_400_lines():
    python = ((file.path, file.text) for file in product_files())
    tests = ((path, path.read_text()) for path in sorted((PROJECT / "tests").rglob("*.py")))
    frontend = ((path, path.read_text()) for path in frontend_files() if ".d.ts" not in path.name)

    every = itertools.chain(python, tests, frontend)
    long = [
        f"{path.relative_to(PROJECT)} ({text.count(chr(10))})"
        for path, text in every
        if text.count("\n") > MOST_LINES_OF_FILE
    ]

    assert long == []


def test_no_function_is_longer_than_40_lines():
    assert [words for file in product_files() for words in long_functions(file)] == []


def test_imports_stand_at_the_top_of_the_file():
    assert [words for file in product_files() for words in hidden_imports(file)] == []


def test_apps_hear_of_one_another_by_events_not_by_signals():
    assert [words for file in product_files() for words in signals(file)] == []


def test_actions_take_keywords_say_types_and_promise_something():
    actions = [file for file in product_files() if file.layer == "actions"]

    assert [words for file in actions for words in loose_actions(file)] == []


def test_a_row_is_saved_by_naming_its_columns():
    behind = [file for file in product_files() if file.layer in {"actions", "handlers"}]

    assert [words for file in behind for words in loose_saves(file)] == []


def test_no_file_has_an_empty_name():
    named = [file.name for file in product_files() if set(Path(file.name).with_suffix("").parts) & EMPTY_NAMES]

    assert named == []


def test_every_app_has_its_place_and_says_what_it_is_and_is_not():
    assert set(settings.OUR_APPS) == set(FLOOR_OF)
    for app in FLOOR_OF:
        said = ast.get_docstring(ast.parse((PROJECT / app.replace(".", "/") / "__init__.py").read_text())) or ""
        assert len(said.splitlines()) >= 4, f"{app} does not say what it is"
        assert re.search(r"\b(not|no|never|nothing|neither)\b", said), f"{app} does not say what it is not"


def test_the_walks_see_what_they_look_for():
    body = "\n".join(f"    x = {number}" for number in range(41))
    bad = File(
        Path("groupbuy/actions.py"),
        "from django.db.models.signals import post_save\n"
        f"@transaction.atomic\ndef join(group, *, now):\n    import os\n{body}\n    group.save()\n",
    )

    assert len(list(long_functions(bad))) == 1
    assert len(list(hidden_imports(bad))) == 1
    assert len(list(signals(bad))) == 1
    assert len(list(loose_actions(bad))) == 3
    assert len(list(loose_saves(bad))) == 1
