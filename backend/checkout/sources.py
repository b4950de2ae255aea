"""Who takes part in prices. It imports no model, so `apps.py` of an upper app may fill it by a dotted path."""

from typing import Any

from django.utils.module_loading import import_string

_given: list[Any] = []
_found: dict[str, Any] = {}


def register_source(source: Any) -> None:
    """Let a source take part in every price: the source itself, or the dotted path of its class."""
    if source not in _given:
        _given.append(source)
        _found.clear()


def unregister_source(source: Any) -> None:
    """Forget a source; tests use it to leave the registry as they found it."""
    _given.remove(source)
    _found.clear()


def found_sources() -> dict[str, Any]:
    """The sources by kind; a dotted path is imported here, when every app is ready."""
    if not _found:
        made = [import_string(source)() if isinstance(source, str) else source for source in _given]
        _found.update({source.kind: source for source in made})
    return _found
