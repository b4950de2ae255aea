"""What a sandbox needs to know to run, all from the environment."""

import os
from dataclasses import dataclass
from pathlib import Path

from backend.core.embedded.places import data_folder
from backend.core.kept_secret import kept_secret


@dataclass(frozen=True, slots=True)
class Configuration:
    """Where the sandbox listens, keeps its memory and sends its webhooks."""

    port: int
    host: str
    secrets: tuple[str, ...]
    webhook_url: str
    database: Path


def read_environment(name: str, *, ports_above_shop: int, webhook_path: str) -> Configuration:
    """Read `NAME_PORT`, `NAME_SECRETS` and `NAME_WEBHOOK_URL`; what is missing stands as `make run` sets it up."""
    prefix, shop_port, folder = name.upper(), int(os.environ.get("PORT", "8000")), data_folder()
    given = tuple(part for part in os.environ.get(f"{prefix}_SECRETS", "").split(",") if part)
    return Configuration(
        port=int(os.environ.get(f"{prefix}_PORT", str(shop_port + ports_above_shop))),
        host=os.environ.get("HOST", "127.0.0.1"),
        secrets=given or (kept_secret(f"{name}-secret"),),
        webhook_url=os.environ.get(f"{prefix}_WEBHOOK_URL", f"http://127.0.0.1:{shop_port}{webhook_path}"),
        database=folder / name / f"{name}.sqlite3",
    )
