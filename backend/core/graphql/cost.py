"""What an operation costs: every object counts, and a list multiplies what stands below it."""

from collections.abc import Mapping
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    is_leaf_type,
    is_list_type,
)
from graphql.language import ast
from graphql.type import get_named_type, get_nullable_type

from backend.core.graphql.fields import ASSUMED_LIST_SIZE
from backend.core.graphql.joining import facts_of
from backend.core.paging import DEFAULT_FIRST, LARGEST_FIRST


class CostCounter:
    """Counts one operation. Fragments are counted once per place where they start, and remembered."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, ast.FragmentDefinitionNode],
        variables: Mapping[str, Any],
        defaults: Mapping[str, Any],
    ) -> None:
        self.schema = schema
        self.fragments = fragments
        self.variables = variables
        self.defaults = defaults
        self.known: dict[tuple[str, str], int] = {}

    def of(self, operation: OperationDefinitionNode) -> int:
        """Give the cost of the operation."""
        root = self.schema.get_root_type(operation.operation)
        return self._selections(operation.selection_set, root)

    def _selections(self, selections: ast.SelectionSetNode | None, parent: Any) -> int:
        if selections is None:
            return 0
        total = 0
        for node in selections.selections:
            match node:
                case ast.FieldNode():
                    total += self._field(node, parent)
                case ast.InlineFragmentNode():
                    condition: ast.NamedTypeNode | None = node.type_condition
                    total += self._selections(
                        node.selection_set, self.schema.get_type(condition.name.value) if condition else parent
                    )
                case ast.FragmentSpreadNode():
                    total += self._fragment(node.name.value)
        return total

    def _fragment(self, name: str) -> int:
        fragment = self.fragments[name]
        key = (name, fragment.type_condition.name.value)
        if key not in self.known:
            self.known[key] = self._selections(fragment.selection_set, self.schema.get_type(key[1]))
        return self.known[key]

    def _field(self, node: ast.FieldNode, parent: Any) -> int:
        name = node.name.value
        definition = parent.fields.get(name) if hasattr(parent, "fields") else None
        if definition is None:
            return 0
        facts = facts_of(parent, name)
        below = self._selections(node.selection_set, get_named_type(definition.type))
        is_leaf = is_leaf_type(get_named_type(definition.type))
        own = facts.weight if facts and (facts.weight > 1 or not is_leaf) else int(not is_leaf)
        return own + below * self._times(node, definition, parent, facts)

    def _times(self, node: ast.FieldNode, definition: GraphQLField, parent: Any, facts: Any) -> int:
        if "first" in definition.args:
            return self._first(node, definition)
        if not _is_list(definition.type) or _is_page(parent):
            return 1
        return (facts.size if facts else None) or ASSUMED_LIST_SIZE

    def _first(self, node: ast.FieldNode, definition: GraphQLField) -> int:
        given: Any = definition.args["first"].default_value
        for argument in node.arguments:
            if argument.name.value != "first":
                continue
            match argument.value:
                case ast.IntValueNode():
                    given = int(argument.value.value)
                case ast.VariableNode():
                    variable = argument.value.name.value
                    given = self.variables.get(variable, self.defaults.get(variable))
                case _:
                    given = None
        if not isinstance(given, int) or isinstance(given, bool):
            return DEFAULT_FIRST
        return max(1, min(given, LARGEST_FIRST * 10))


def _is_list(type_: Any) -> bool:
    return is_list_type(get_nullable_type(type_))


def _is_page(parent: Any) -> bool:
    return isinstance(parent, GraphQLObjectType) and parent.name.endswith("Connection")
