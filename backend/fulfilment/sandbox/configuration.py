"""What the sandbox needs to know to run, all from the environment."""

import dataclasses
import os
from dataclasses import dataclass

from backend.core.sandbox import configuration

DEMO_SPEED = 720.0


@dataclass(frozen=True, slots=True)
class Configuration(configuration.Configuration):
    """What every sandbox needs, and how fast its time runs."""

    speed: float


def from_environment() -> Configuration:
    """Read `CARRIER_PORT`, `CARRIER_SECRETS`, `CARRIER_WEBHOOK_URL` and `CARRIER_SPEED`: two days in four minutes."""
    shared = configuration.read_environment("carrier", ports_above_shop=4, webhook_path="/fulfilment/webhook")
    speed = max(1.0, float(os.environ.get("CARRIER_SPEED", str(DEMO_SPEED))))
    return Configuration(**dataclasses.asdict(shared), speed=speed)
