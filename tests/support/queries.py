"""How many statements a piece of work sends to the database."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(work: Callable[[], object]) -> int:
    """Do the work and count its statements."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)
