"""Start the sandbox: `python -m backend.messaging.sandbox`."""

import os
import sys
from pathlib import Path

from daphne.server import Server

from backend.core.embedded.places import data_folder
from backend.messaging.sandbox.mail import mail_server
from backend.messaging.sandbox.store import Store
from backend.messaging.sandbox.web import application

HOST = "127.0.0.1"


def main() -> int:
    """Listen for text messages and mail until told to stop."""
    shop_port = int(os.environ.get("PORT", "8000"))
    web_port = int(os.environ.get("GATEWAY_PORT", str(shop_port + 2)))
    mail_port = int(os.environ.get("GATEWAY_MAIL_PORT", str(shop_port + 3)))
    store = Store(Path(os.environ.get("GATEWAY_FILE", data_folder() / "gateway.sqlite3")))
    mails = mail_server(store, host=HOST, port=mail_port)
    try:
        mails.start()
    except OSError as problem:
        print(f"The gateway cannot listen on {HOST}:{mail_port}: {problem}. Choose another PORT.", file=sys.stderr)
        return 1
    print(f"gateway: text messages on http://{HOST}:{web_port}/sms, mail on smtp://{HOST}:{mail_port}", flush=True)
    try:
        Server(application(store), endpoints=[f"tcp:port={web_port}:interface={HOST}"], verbosity=0).run()
    finally:
        mails.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
