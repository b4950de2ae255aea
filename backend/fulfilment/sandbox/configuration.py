"""What the sandbox needs to know to run, all from the environment."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from backend.core.embedded.places import data_folder

DEMO_SPEED = 720.0


@dataclass(frozen=True, slots=True)
class Configuration:
    """Where the sandbox listens, keeps its memory and sends its webhooks, and how fast its time runs."""

    port: int
    host: str
    secrets: tuple[str, ...]
    shop_url: str
    database: Path
    speed: float


def from_environment() -> Configuration:
    """Read the environment; what is missing stands as `make run` sets it up: two days in four minutes."""
    shop_port = int(os.environ.get("PORT", "8000"))
    folder = data_folder()
    return Configuration(
        port=int(os.environ.get("CARRIER_PORT", str(shop_port + 4))),
        host=os.environ.get("HOST", "127.0.0.1"),
        secrets=tuple(part for part in os.environ.get("CARRIER_SECRETS", "").split(",") if part)
        or (_kept_secret(folder / "carrier-secret"),),
        shop_url=os.environ.get("CARRIER_WEBHOOK_URL", f"http://127.0.0.1:{shop_port}/fulfilment/webhook").rstrip("/"),
        database=folder / "carrier" / "carrier.sqlite3",
        speed=max(1.0, float(os.environ.get("CARRIER_SPEED", str(DEMO_SPEED)))),
    )


def _kept_secret(kept: Path) -> str:
    """The secret that the shop keeps beside its data; made here if the shop has not run yet."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    try:
        with kept.open("x") as fresh:
            kept.chmod(0o600)
            fresh.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return kept.read_text()
