"""`python -m backend.fulfilment.sandbox`: run the carriers until they are told to stop."""

import sys

from backend.core.sandbox.serving import run
from backend.fulfilment.sandbox.configuration import from_environment
from backend.fulfilment.sandbox.courier import Courier
from backend.fulfilment.sandbox.store import Store
from backend.fulfilment.sandbox.web import application


def main() -> int:
    """Serve the API and carry the webhooks."""
    configuration = from_environment()
    store = Store(configuration.database, speed=configuration.speed)
    run(
        "Carrier sandbox",
        application=application(store, configuration),
        courier=Courier(store, configuration),
        configuration=configuration,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
