"""The process of a sandbox."""

from daphne.server import Server
from starlette.applications import Starlette

from backend.core.sandbox.configuration import Configuration
from backend.core.sandbox.courier import WebhookCourier


def run(name: str, *, application: Starlette, courier: WebhookCourier, configuration: Configuration) -> None:
    """Serve the pages and carry the webhooks until told to stop."""
    courier.start()
    print(f"{name}: http://{configuration.host}:{configuration.port}/knobs", flush=True)
    try:
        Server(
            application,
            endpoints=[f"tcp:{configuration.port}:interface={configuration.host}"],
            server_name="sandbox",
            verbosity=0,
        ).run()
    finally:
        courier.stop()
