"""`python -m backend.payments.sandbox`: run the provider until it is told to stop."""

import sys

from daphne.server import Server

from backend.payments.sandbox.configuration import from_environment
from backend.payments.sandbox.courier import Courier
from backend.payments.sandbox.store import Store
from backend.payments.sandbox.web import application


def main() -> int:
    """Serve the pages and carry the webhooks."""
    configuration = from_environment()
    store = Store(configuration.database)
    courier = Courier(store, configuration)
    courier.start()
    print(f"Payment sandbox: http://{configuration.host}:{configuration.port}/knobs", flush=True)
    try:
        Server(
            application(store, configuration),
            endpoints=[f"tcp:{configuration.port}:interface={configuration.host}"],
            server_name="sandbox",
            verbosity=0,
        ).run()
    finally:
        courier.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
