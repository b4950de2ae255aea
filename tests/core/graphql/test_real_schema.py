"""The one real schema: every field says who may ask, every mutation says what may be refused."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.core.graphql.walking import (
    declared_by,
    mutations,
    operation_for,
    permission_table,
    raised_by,
    root_fields,
    undescribed,
)
from tests.support.api import Api

TABLE = Path(__file__).with_name("permissions.txt")
FIELDS = [pytest.param(*field, id=f"{field[0]}.{field[1]}") for field in root_fields()]
CLOSED = [
    pytest.param(root, name, facts, id=f"{root}.{name}")
    for root, name, facts in root_fields()
    if root != "Subscription" and facts is not None and facts.permission is not None and facts.permission.needs_sign_in
]


@pytest.mark.parametrize(("root", "name", "facts"), FIELDS)
def test_every_root_field_declares_who_may_ask(root: str, name: str, facts) -> None:
    assert facts is not None, f"{root}.{name} is no query_field, Mutation or subscription_field"
    assert facts.permission is not None, f"{root}.{name} has no permission"


def test_the_permissions_are_those_that_were_reviewed() -> None:
    """After a change: look at the difference, then run with UPDATE_PERMISSIONS=1 and commit the table."""
    if os.environ.get("UPDATE_PERMISSIONS"):
        TABLE.write_text(permission_table())

    assert TABLE.read_text() == permission_table()


def codes(answer: dict[str, Any]) -> list[str]:
    found = [error["extensions"]["code"] for error in answer.get("errors", [])]
    for value in (answer.get("data") or {}).values():
        if isinstance(value, dict):
            found += [error["code"] for error in value.get("errors", [])]
    return found


@pytest.mark.parametrize(("root", "name", "facts"), CLOSED)
def test_a_closed_field_is_closed_to_nobody_and_to_strangers(db, person, root: str, name: str, facts) -> None:
    text, variables = operation_for(root, name)

    assert codes(Api().ask(text, **variables)) == ["SIGN_IN_REQUIRED"]
    if facts.permission.name.startswith("role"):
        assert codes(Api(person()).ask(text, **variables)) == ["NOT_ALLOWED"]


@pytest.mark.parametrize("mutation", mutations(), ids=lambda mutation: mutation.__name__)
def test_a_mutation_declares_what_its_action_raises(mutation) -> None:
    raised = raised_by(mutation)
    if raised is None:
        pytest.skip("no action was found behind it")

    assert declared_by(mutation) == raised


def test_every_type_and_field_has_a_sentence() -> None:
    assert undescribed() == []


def test_the_printed_schema_is_up_to_date() -> None:
    call_command("print_schema", check=True)
