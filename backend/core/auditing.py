"""What the auditor adds up beside the ledger: apps hand in a check of their own books.

A check is the dotted path of a function that takes nothing and answers one sentence for each difference.
"""

from collections.abc import Callable, Iterator

from django.utils.module_loading import import_string

_audits: dict[str, str] = {}


def register_audit(name: str, path: str) -> None:
    """Hand in a check by its dotted path; call it in `AppConfig.ready()`."""
    _audits[name] = path


def audit_names() -> list[str]:
    """Whose books are checked."""
    return sorted(_audits)


def differences() -> Iterator[str]:
    """Run every check and name each difference with the app it is in."""
    for name in audit_names():
        check: Callable[[], list[str]] = import_string(_audits[name])
        for difference in check():
            yield f"{name}: {difference}"
