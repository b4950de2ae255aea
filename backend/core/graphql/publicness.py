"""Whether the answer to an operation may be shared between viewers, and what makes it stale."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLSchema, OperationDefinitionNode, OperationType, get_argument_values
from graphql.language import ast
from graphql.type import get_named_type

from backend.core.graphql.fields import CacheRule
from backend.core.graphql.joining import facts_of


@dataclass(frozen=True, slots=True)
class CachedRoot:
    """One root field of a shared answer."""

    rule: CacheRule
    definition: Any
    node: ast.FieldNode


@dataclass(frozen=True, slots=True)
class Publicness:
    """`is_personal`: the answer depends on the viewer. `roots`: the rules of a shareable answer, else empty."""

    is_personal: bool
    roots: tuple[CachedRoot, ...] = ()

    @property
    def is_cacheable(self) -> bool:
        """Whether the answer may be kept for other viewers."""
        return bool(self.roots)

    @property
    def seconds(self) -> int:
        """How long it may be kept at most."""
        return min(root.rule.seconds for root in self.roots)

    def keys(self, variables: Mapping[str, Any]) -> list[str]:
        """Give the version keys that this answer hangs on."""
        found: dict[str, None] = {}
        for root in self.roots:
            arguments = get_argument_values(root.definition, root.node, dict(variables))
            found.update(dict.fromkeys(root.rule.named(arguments)))
        return list(found)


def publicness_of(
    operation: OperationDefinitionNode, schema: GraphQLSchema, fragments: Mapping[str, ast.FragmentDefinitionNode]
) -> Publicness:
    """Look at every field that the operation can reach; one that depends on the viewer makes the whole personal."""
    root_type: Any = schema.get_root_type(operation.operation)
    personal = _Search(schema, fragments).is_personal(operation.selection_set, root_type)
    if personal or operation.operation is not OperationType.QUERY:
        return Publicness(personal)
    roots: list[CachedRoot] = []
    for node in operation.selection_set.selections:
        if not isinstance(node, ast.FieldNode) or node.directives:
            return Publicness(personal)
        if node.name.value == "__typename":
            continue
        facts = facts_of(root_type, node.name.value)
        if facts is None or facts.public_cache is None:
            return Publicness(personal)
        roots.append(CachedRoot(facts.public_cache, root_type.fields[node.name.value], node))
    return Publicness(personal, tuple(roots))


class _Search:
    def __init__(self, schema: GraphQLSchema, fragments: Mapping[str, ast.FragmentDefinitionNode]) -> None:
        self.schema = schema
        self.fragments = fragments
        self.seen: set[str] = set()

    def is_personal(self, selections: ast.SelectionSetNode | None, parent: Any) -> bool:
        """Whether any field below depends on the viewer."""
        if selections is None:
            return False
        return any(self._node(node, parent) for node in selections.selections)

    def _node(self, node: ast.SelectionNode, parent: Any) -> bool:
        match node:
            case ast.FieldNode():
                return self._field(node, parent)
            case ast.InlineFragmentNode():
                condition: ast.NamedTypeNode | None = node.type_condition
                inner = self.schema.get_type(condition.name.value) if condition else parent
                return self.is_personal(node.selection_set, inner)
            case ast.FragmentSpreadNode():
                name = node.name.value
                if name in self.seen:
                    return False
                self.seen.add(name)
                fragment = self.fragments[name]
                inner = self.schema.get_type(fragment.type_condition.name.value)
                return self.is_personal(fragment.selection_set, inner)
        return False

    def _field(self, node: ast.FieldNode, parent: Any) -> bool:
        facts = facts_of(parent, node.name.value)
        if facts is not None and facts.personal:
            return True
        definition = parent.fields.get(node.name.value) if hasattr(parent, "fields") else None
        return definition is not None and self.is_personal(node.selection_set, get_named_type(definition.type))
