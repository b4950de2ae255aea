"""`python -m backend.payments.sandbox`: run the provider until it is told to stop."""

import sys

from backend.core.sandbox.serving import run
from backend.payments.sandbox.configuration import from_environment
from backend.payments.sandbox.courier import Courier
from backend.payments.sandbox.store import Store
from backend.payments.sandbox.web import application


def main() -> int:
    """Serve the pages and carry the webhooks."""
    configuration = from_environment()
    store = Store(configuration.database)
    run(
        "Payment sandbox",
        application=application(store, configuration),
        courier=Courier(store, configuration),
        configuration=configuration,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
