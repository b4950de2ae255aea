"""The limits and switches of the API, read once from Django's `GRAPHQL` setting."""

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may ask at most, and how the API is run."""

    body_bytes: int = 64_000
    document_bytes: int = 16_000
    tokens: int = 1_500
    fields: int = 200
    aliases: int = 15
    directives: int = 20
    root_fields: int = 10
    root_mutations: int = 1
    depth: int = 14
    cost: int = 2_000
    documents_kept: int = 500
    seconds: float = 10.0
    threads: int = 6
    waiting: int = 200
    bucket_size: int = 20_000
    bucket_refill: int = 1_000
    allow_text: bool = False
    allow_introspection: bool = False
    manifests: tuple[Path, ...] = ()
    roles_of: str = ""
    socket_init_seconds: float = 10.0
    socket_subscriptions: int = 30
    socket_queue: int = 256
    socket_check_seconds: float = 60.0


@cache
def limits() -> Limits:
    """Give the limits of this process."""
    given = dict(getattr(settings, "GRAPHQL", {}))
    unknown = given.keys() - {field.name for field in fields(Limits)}
    if unknown:
        raise ValueError(f"unknown GRAPHQL settings: {', '.join(sorted(unknown))}")
    given.setdefault("allow_text", settings.DEBUG)
    given.setdefault("allow_introspection", settings.DEBUG)
    return Limits(**given)
