"""Running one operation: without awaiting anything, within its time, and without telling what broke."""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError
from django.utils import translation
from graphql import ExecutionResult, GraphQLError, execute_sync
from psycopg.errors import QueryCanceled

from backend.core.clock import now
from backend.core.errors import DomainError
from backend.core.graphql.documents import Operation, document_store
from backend.core.graphql.guards import NO_NUL, DocumentRefused, holds_nul, without_suggestion
from backend.core.graphql.lean import LeanContext, OutOfTime
from backend.core.graphql.messages import TOOK_TOO_LONG, WENT_WRONG
from backend.core.graphql.mutations import refusal
from backend.core.graphql.settings import limits
from backend.core.graphql.viewer import Context, RequestFacts, Viewer
from backend.core.languages import django_language

log = logging.getLogger("backend.graphql")


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of an operation as JSON data, and whether it may be kept."""

    body: dict[str, Any]
    is_clean: bool


def run_operation(operation: Operation, variables: Mapping[str, Any], context: Context, *, root: Any = None) -> Answer:
    """Run an operation in the viewer's language and give its answer with masked errors."""
    if holds_nul(variables):
        return Answer({"errors": [{"message": NO_NUL, "extensions": {"code": "BAD_REQUEST"}}]}, is_clean=False)
    if context.deadline is None:
        context.deadline = time.monotonic() + limits().seconds
    with translation.override(django_language(context.viewer.locale)):
        try:
            result = execute_sync(
                operation.document.schema,
                operation.document.node,
                root_value=root,
                context_value=context,
                variable_values=dict(variables),
                operation_name=operation.node.name.value if operation.node.name else None,
                execution_context_class=LeanContext,
            )
        except OutOfTime:
            result = ExecutionResult(None, [GraphQLError("", original_error=OutOfTime())])
        return answer_of(result, context.request.id)


def answer_of(result: ExecutionResult, trace_id: str) -> Answer:
    """Turn a result into JSON data; what is not an expected refusal is logged and masked."""
    if not result.errors:
        return Answer({"data": result.data}, is_clean=True)
    errors = [public_error(error, trace_id) for error in result.errors]
    return Answer({"data": result.data, "errors": errors}, is_clean=False)


def public_error(error: GraphQLError, trace_id: str) -> dict[str, Any]:
    """Give what a client may know of an error."""
    cause = error.original_error
    shown: dict[str, Any] = {}
    if error.path:
        shown["path"] = error.path
    if isinstance(cause, DomainError):
        told = refusal(cause)
        extensions = {key: told[key] for key in ("code", "field", "details") if told[key]}
        return {"message": told["message"], **shown, "extensions": extensions}
    if isinstance(cause, OutOfTime) or was_cancelled(cause):
        return {"message": str(TOOK_TOO_LONG), **shown, "extensions": {"code": "TIMEOUT"}}
    if not error.path:
        return {"message": without_suggestion(error.message), "extensions": {"code": "BAD_REQUEST"}}
    log.error("graphql field failed: trace=%s path=%s", trace_id, error.path, exc_info=cause or error)
    return {"message": str(WENT_WRONG), **shown, "extensions": {"code": "INTERNAL", "traceId": trace_id}}


def was_cancelled(cause: BaseException | None) -> bool:
    """Whether the database gave a statement up because it took longer than any request may."""
    return isinstance(cause, OperationalError) and isinstance(cause.__cause__, QueryCanceled)


def check_cost(operation: Operation, variables: Mapping[str, Any]) -> int:
    """Give the cost of the operation with these variables.

    Raises: DocumentRefused.
    """
    cost = operation.cost(variables)
    if cost > operation.document.limits.cost:
        raise DocumentRefused("TOO_EXPENSIVE", f"This would cost {cost}; at most {operation.document.limits.cost}.")
    return cost


def run_trusted(document_id: str, variables: Mapping[str, Any], viewer: Viewer) -> dict[str, Any]:
    """Run a document of the manifest from inside the server, as the page shell does.

    Raises: DocumentRefused.
    """
    operation = document_store().trusted(document_id).operation(None)
    check_cost(operation, variables)
    context = Context(viewer=viewer, now=now(), request=RequestFacts(id="shell"))
    return run_operation(operation, variables, context).body
