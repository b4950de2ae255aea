"""What a document may ask at most. The specification's own rules always run as well, and first."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    parse,
    specified_rules,
    validate,
)
from graphql.language import ast

from backend.core.graphql.settings import Limits

_SUGGESTION = re.compile(r" Did you mean .*\?$", re.DOTALL)
_MOST_ERRORS = 5
# PostgreSQL keeps every character but this one.
_WRITTEN_NUL = re.compile(r"\x00|\\u0000|\\u\{0+\}")
NO_NUL = "A text cannot hold the character U+0000."


Text = str | Promise


class DocumentRefused(Exception):
    """The document breaks the language or a limit; the reasons may be shown."""

    def __init__(self, code: str, *reasons: Text) -> None:
        super().__init__(code, *reasons)
        self.code = code
        self.reasons = reasons


@dataclass(slots=True)
class _Counts:
    fields: int = 0
    aliases: int = 0
    directives: int = 0


def read_document(text: str, limits: Limits) -> DocumentNode:
    """Parse a document within the byte and token limits.

    Raises: DocumentRefused.
    """
    if len(text.encode(errors="surrogatepass")) > limits.document_bytes:
        raise DocumentRefused("DOCUMENT_TOO_LARGE", f"A document may hold {limits.document_bytes} bytes.")
    if _WRITTEN_NUL.search(text):
        raise DocumentRefused("SYNTAX_ERROR", NO_NUL)
    try:
        return parse(text, no_location=False, max_tokens=limits.tokens)
    except GraphQLError as error:
        raise DocumentRefused("SYNTAX_ERROR", error.message) from error
    except RecursionError as error:
        raise DocumentRefused("DOCUMENT_TOO_DEEP", "The document is nested too deeply.") from error


def holds_nul(value: Any) -> bool:
    """Whether a text with the character U+0000 is anywhere in variables, however deep."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str() as text if "\x00" in text:
                return True
            case dict() as fields:
                waiting += [*fields.keys(), *fields.values()]
            case list() as items:
                waiting += items
    return False


def check_counts(document: DocumentNode, limits: Limits) -> None:
    """Count what can be counted without knowing the schema, before anything slower looks at the document.

    Raises: DocumentRefused.
    """
    counts = _Counts()
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            _check_mutation(definition)
        elif not isinstance(definition, FragmentDefinitionNode):
            raise DocumentRefused("NOT_EXECUTABLE", "Only operations and fragments can be sent.")
        _count(definition, counts, limits)
    for name in ("fields", "aliases", "directives"):
        if getattr(counts, name) > getattr(limits, name):
            raise DocumentRefused(f"TOO_MANY_{name.upper()}", f"At most {getattr(limits, name)} {name}.")


def check_specification(document: DocumentNode, schema: GraphQLSchema, *, introspection: bool) -> None:
    """Apply the rules of the specification, and keep the schema to ourselves unless introspection is open.

    Raises: DocumentRefused.
    """
    rules = specified_rules if introspection else (*specified_rules, NoSchemaIntrospectionCustomRule)
    if errors := validate(schema, document, rules, max_errors=_MOST_ERRORS):
        raise DocumentRefused("INVALID_DOCUMENT", *(without_suggestion(error.message) for error in errors))


def check_roots(document: DocumentNode, limits: Limits) -> None:
    """Count the root fields with fragments opened; runs after the rule against fragment cycles.

    Raises: DocumentRefused.
    """
    fragments = fragments_of(document)
    known: dict[str, int] = {}

    def roots(selections: ast.SelectionSetNode) -> int:
        found = 0
        for node in selections.selections:
            match node:
                case ast.FieldNode():
                    found += 1
                case ast.InlineFragmentNode():
                    found += roots(node.selection_set)
                case ast.FragmentSpreadNode():
                    name = node.name.value
                    if name not in known:
                        known[name] = roots(fragments[name].selection_set)
                    found += known[name]
        return found

    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            is_mutation = definition.operation is OperationType.MUTATION
            most = limits.root_mutations if is_mutation else limits.root_fields
            if roots(definition.selection_set) > most:
                raise DocumentRefused("TOO_MANY_ROOT_FIELDS", f"At most {most} at the root of this operation.")


def check_depth(document: DocumentNode, limits: Limits) -> None:
    """Measure the depth with fragments opened; runs after the rule against fragment cycles.

    Raises: DocumentRefused.
    """
    fragments = fragments_of(document)
    known: dict[str, int] = {}

    def depth(selections: ast.SelectionSetNode | None) -> int:
        if selections is None:
            return 0
        deepest = 0
        for node in selections.selections:
            match node:
                case ast.FieldNode():
                    deepest = max(deepest, 0 if node.name.value.startswith("__") else 1 + depth(node.selection_set))
                case ast.InlineFragmentNode():
                    deepest = max(deepest, depth(node.selection_set))
                case ast.FragmentSpreadNode():
                    name = node.name.value
                    if name not in known:
                        known[name] = depth(fragments[name].selection_set)
                    deepest = max(deepest, known[name])
        return deepest

    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode) and depth(definition.selection_set) > limits.depth:
            raise DocumentRefused("DOCUMENT_TOO_DEEP", f"At most {limits.depth} levels.")


def fragments_of(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """Give the fragments of a document by name."""
    return {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}


def without_suggestion(message: str) -> str:
    """Cut off "Did you mean …?", which would tell the schema name by name."""
    return _SUGGESTION.sub("", message)


def _check_mutation(operation: OperationDefinitionNode) -> None:
    fields = operation.selection_set.selections
    if operation.operation is OperationType.MUTATION and not all(isinstance(node, ast.FieldNode) for node in fields):
        raise DocumentRefused("TOO_MANY_ROOT_FIELDS", "A mutation is written out, not hidden in a fragment.")


def _count(node: Any, counts: _Counts, limits: Limits) -> None:
    waiting = [node]
    while waiting:
        current = waiting.pop()
        counts.directives += len(getattr(current, "directives", ()) or ())
        if isinstance(current, ast.FieldNode):
            counts.fields += 1
            counts.aliases += current.alias is not None
        selections = getattr(current, "selection_set", None)
        if selections is not None:
            waiting.extend(selections.selections)
        if counts.fields > limits.fields or counts.aliases > limits.aliases:
            return
