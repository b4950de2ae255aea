"""`python -m backend.fulfilment.sandbox`: run the carriers until they are told to stop."""

import sys

from daphne.server import Server

from backend.fulfilment.sandbox.configuration import from_environment
from backend.fulfilment.sandbox.courier import Courier
from backend.fulfilment.sandbox.store import Store
from backend.fulfilment.sandbox.web import application


def main() -> int:
    """Serve the API and carry the webhooks."""
    configuration = from_environment()
    store = Store(configuration.database, speed=configuration.speed)
    courier = Courier(store, configuration)
    courier.start()
    print(f"Carrier sandbox: http://{configuration.host}:{configuration.port}/knobs", flush=True)
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
