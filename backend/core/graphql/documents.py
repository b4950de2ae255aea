"""Documents: parsed, checked and costed once, then kept. Trusted ones are known by the hash of their text."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode, OperationType, value_from_ast_untyped
from graphql.language import ast

from backend.core.graphql.cost import CostCounter
from backend.core.graphql.guards import (
    DocumentRefused,
    check_counts,
    check_depth,
    check_roots,
    check_specification,
    fragments_of,
    read_document,
)
from backend.core.graphql.joining import installed_schema
from backend.core.graphql.messages import OUT_OF_DATE
from backend.core.graphql.publicness import Publicness, publicness_of
from backend.core.graphql.settings import Limits, limits

_COSTS_KEPT = 32


@dataclass(slots=True)
class Operation:
    """One operation of a document, ready to run."""

    document: "Document"
    node: OperationDefinitionNode
    public: Publicness
    variable_names: tuple[str, ...]
    size_variables: tuple[str, ...]
    defaults: Mapping[str, Any]
    _costs: dict[tuple[Any, ...], int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The operation's name, for the log."""
        return self.node.name.value if self.node.name else "-"

    @property
    def kind(self) -> OperationType:
        """Query, mutation or subscription."""
        return self.node.operation

    def cost(self, variables: Mapping[str, Any]) -> int:
        """Give the cost with these variables."""
        key = tuple(repr(variables.get(name, self.defaults.get(name))) for name in self.size_variables)
        if key not in self._costs:
            if len(self._costs) >= _COSTS_KEPT:
                self._costs.clear()
            counter = CostCounter(self.document.schema, self.document.fragments, variables, self.defaults)
            self._costs[key] = counter.of(self.node)
        return self._costs[key]


class Document:
    """A document that passed every check that does not depend on variables."""

    def __init__(self, text: str, schema: GraphQLSchema, limits: Limits) -> None:
        self.id = document_id(text)
        self.limits = limits
        self.schema = schema
        self.node: DocumentNode = read_document(text, limits)
        check_counts(self.node, limits)
        check_specification(self.node, schema, introspection=limits.allow_introspection)
        check_roots(self.node, limits)
        check_depth(self.node, limits)
        self.fragments = fragments_of(self.node)
        self.operations = {
            operation.name: operation
            for operation in (
                self._operation(node) for node in self.node.definitions if isinstance(node, OperationDefinitionNode)
            )
        }

    def operation(self, name: str | None) -> Operation:
        """Give the named operation, or the only one.

        Raises: DocumentRefused.
        """
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        if name is None or name not in self.operations:
            raise DocumentRefused("UNKNOWN_OPERATION", "The document has no such operation.")
        return self.operations[name]

    def _operation(self, node: OperationDefinitionNode) -> Operation:
        defaults = {
            definition.variable.name.value: value_from_ast_untyped(definition.default_value)
            for definition in node.variable_definitions
            if definition.default_value is not None
        }
        names = {definition.variable.name.value for definition in node.variable_definitions}
        return Operation(
            document=self,
            node=node,
            public=publicness_of(node, self.schema, self.fragments),
            variable_names=tuple(sorted(names)),
            size_variables=tuple(sorted(names & _size_variables(self.node))),
            defaults=defaults,
        )


class DocumentStore:
    """The documents of this process: the trusted ones, and the most recent of the others."""

    def __init__(self, schema: GraphQLSchema, limits: Limits) -> None:
        self.schema = schema
        self.limits = limits
        self.trusted_texts = load_manifests(limits.manifests)
        self._trusted: dict[str, Document] = {}
        self._recent: OrderedDict[str, Document] = OrderedDict()
        self._lock = threading.Lock()

    def trusted(self, id_: str) -> Document:
        """Give a document of the manifest.

        Raises: DocumentRefused.
        """
        found = self._trusted.get(id_)
        if found is None:
            text = self.trusted_texts.get(id_)
            if text is None:
                raise DocumentRefused("UNKNOWN_DOCUMENT", OUT_OF_DATE)
            found = self._trusted[id_] = Document(text, self.schema, self.limits)
        return found

    def at_hand(self, text: str) -> Document | None:
        """Give the document of a text only if it came before."""
        return self._recent.get(text)

    def from_text(self, text: str) -> Document:
        """Give the document of a text, from memory where it came before.

        Raises: DocumentRefused.
        """
        with self._lock:
            if text in self._recent:
                self._recent.move_to_end(text)
                return self._recent[text]
        made = Document(text, self.schema, self.limits)
        with self._lock:
            self._recent[text] = made
            if len(self._recent) > self.limits.documents_kept:
                self._recent.popitem(last=False)
        return made


@cache
def document_store() -> DocumentStore:
    """Give the store of this process."""
    return DocumentStore(installed_schema(), limits())


def document_id(text: str) -> str:
    """Give the name of a document: the SHA-256 of its text."""
    return hashlib.sha256(text.encode()).hexdigest()


def load_manifests(paths: Iterable[Path]) -> dict[str, str]:
    """Read `{"<sha-256>": "<text>"}` files; one that is not there yet counts as empty.

    Every id is compared with its text, so that a manifest cannot smuggle one document in under another's name.
    """
    texts: dict[str, str] = {}
    for path in paths:
        if not path.exists():
            continue
        for id_, text in orjson.loads(path.read_bytes()).items():
            if document_id(text) != id_:
                raise ValueError(f"{path}: {id_} is not the hash of its document")
            texts[id_] = text
    return texts


def _size_variables(document: DocumentNode) -> set[str]:
    found: set[str] = set()
    waiting: list[Any] = list(document.definitions)
    while waiting:
        node = waiting.pop()
        for argument in getattr(node, "arguments", ()) or ():
            if argument.name.value == "first" and isinstance(argument.value, ast.VariableNode):
                found.add(argument.value.name.value)
        selections = getattr(node, "selection_set", None)
        if selections is not None:
            waiting.extend(selections.selections)
    return found
