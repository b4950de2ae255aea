"""What a shopper asked for, so that the selector reads nothing else."""

from typing import Any

from graphql import FieldNode, FragmentSpreadNode, InlineFragmentNode, SelectionSetNode


def asked_fields(info: Any, *path: str) -> frozenset[str]:
    """The names of the fields asked below the resolved field, at the end of the path, in snake_case."""
    level = [node.selection_set for node in info.field_nodes if node.selection_set]
    for name in path:
        level = [node.selection_set for node in _fields(level, info) if node.name.value == name and node.selection_set]
    return frozenset(_snake(node.name.value) for node in _fields(level, info))


def _fields(sets: list[SelectionSetNode], info: Any) -> list[FieldNode]:
    found: list[FieldNode] = []
    open_sets = list(sets)
    while open_sets:
        for node in open_sets.pop().selections:
            match node:
                case FieldNode():
                    found.append(node)
                case InlineFragmentNode():
                    open_sets.append(node.selection_set)
                case FragmentSpreadNode():
                    open_sets.append(info.fragments[node.name.value].selection_set)
    return found


def _snake(name: str) -> str:
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name)
