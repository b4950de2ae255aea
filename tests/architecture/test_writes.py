"""Only the owner writes its tables, in one place for locks and one for the queue."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.code import FLOOR_OF, File, app_of, line, our_models, product_files

WRITES = {
    "create",
    "bulk_create",
    "get_or_create",
    "update_or_create",
    "update",
    "bulk_update",
    "delete",
    "save",
    "acreate",
    "aupdate",
}
WRITING_SQL = re.compile(r'\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.IGNORECASE)


def foreign_writes(file: File) -> Iterator[str]:
    """Writes through a model that belongs to another app."""
    foreign = dict(foreign_models(file))
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            root = root_name(node.func.value)
            if root in foreign:
                yield line(file, node, f"writes {root}, which belongs to {foreign[root]}")


def foreign_models(file: File) -> Iterator[tuple[str, str]]:
    for node in ast.walk(file.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            owner = next((app for app in FLOOR_OF if node.module.startswith(f"{app}.models")), None)
            if owner is not None and owner != file.app:
                for name in node.names:
                    yield name.asname or name.name, owner


def root_name(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node.id if isinstance(node, ast.Name) else ""


def foreign_sql(file: File, owners: dict[str, str]) -> Iterator[str]:
    """Writing statements in SQL on a table that belongs to another app."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for table in WRITING_SQL.findall(node.value):
                owner = owners.get(table)
                if owner is not None and owner != file.app:
                    yield line(file, node, f"writes the table {table}, which belongs to {owner}")


def calls(file: File, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
            yield node


def keywords(call: ast.Call) -> set[str | None]:
    return {keyword.arg for keyword in call.keywords}


def waiting_locks(file: File) -> Iterator[str]:
    """Row locks that wait. A worker that claims due rows and skips locked ones waits for nobody."""
    for call in calls(file, "select_for_update"):
        if "skip_locked" not in keywords(call):
            yield line(file, call, "waits for a row lock of its own; use backend.core.locks")


def loaded_messages(file: File) -> Iterator[str]:
    """Work that travels in the broker. A bare wake-up may: what is to be done stands in the database."""
    for call in calls(file, "delay", "apply_async"):
        yield line(file, call, "queues work; emit an event instead")
    for call in calls(file, "send_task"):
        if len(call.args) > 1 or keywords(call) & {"args", "kwargs"}:
            yield line(file, call, "sends work through the broker; let the task find it in the database")


def test_only_the_owner_writes_its_tables():
    owners = {model._meta.db_table: app_of(model) for model in our_models()}

    found = [words for file in product_files() for words in (*foreign_writes(file), *foreign_sql(file, owners))]

    assert found == []


def test_row_locks_that_wait_are_taken_in_one_place():
    files = [file for file in product_files() if file.app != "backend.core"]

    assert [words for file in files for words in waiting_locks(file)] == []


def test_no_fact_travels_only_in_the_broker():
    files = [file for file in product_files() if not file.name.startswith("backend/core/outbox/")]

    assert [words for file in files for words in loaded_messages(file)] == []


def test_the_walk_sees_a_lock_that_waits_and_work_in_the_broker():
    bad = File(
        Path("groupbuy/actions.py"),
        "Group.objects.select_for_update().get()\n"
        "Group.objects.select_for_update(skip_locked=True)\n"
        "app.send_task('x', args=[1])\napp.send_task('x')\ntask.delay(1)\n",
    )

    assert len(list(waiting_locks(bad))) == 1
    assert len(list(loaded_messages(bad))) == 2


def test_the_walk_sees_a_foreign_write():
    bad = File(
        Path("groupbuy/actions.py"),
        "from backend.orders.models import Order\n"
        "Order.objects.filter(pk=1).update(state='PAID')\n"
        "SQL = 'UPDATE orders_order SET x=1'\n",
    )

    assert len(list(foreign_writes(bad))) == 1
    assert len(list(foreign_sql(bad, {"orders_order": "backend.orders"}))) == 1
