"""What the sandbox needs to know to run, all from the environment."""

from backend.core.sandbox.configuration import Configuration, read_environment

__all__ = ["Configuration", "from_environment"]


def from_environment() -> Configuration:
    """Read `PROVIDER_PORT`, `PROVIDER_SECRETS` and `PROVIDER_WEBHOOK_URL`."""
    return read_environment("provider", ports_above_shop=1, webhook_path="/payments/webhook/sandbox")
