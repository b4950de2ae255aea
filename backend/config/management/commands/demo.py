"""`manage.py demo` fills an empty shop; a second time it returns at once; `--reset` makes everything anew."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.config.demo import stamp
from backend.config.demo.making import make_demo
from backend.config.demo.packages import PicturesMissing
from backend.config.demo.people import table_of_accounts
from backend.core import clock

ACCOUNTS_FILE = "demo-accounts.txt"


class Command(BaseCommand):
    """Load the demo."""

    help = "Fill an empty shop with goods, people and three months of history."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--reset`."""
        parser.add_argument(
            "--reset", action="store_true", help="Throw everything in the database away first and make it anew."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the demo unless it is there; refuse a database that holds a real shop."""
        started = time.monotonic()
        whole = stamp.recipe_sum()
        if options["reset"] or stamp.is_half_made():
            self._say("Emptying the database")
            stamp.empty_database()
        loaded = stamp.loaded_sum()
        if loaded is not None:
            if loaded != whole:
                self._say("An earlier demo is loaded. `manage.py demo --reset` makes the present one.")
            self._show_accounts()
            return
        if not stamp.is_empty():
            raise CommandError("This database already holds a shop. The demo is loaded only into an empty one.")
        stamp.mark(stamp.BEGUN, whole)
        try:
            make_demo(modules=settings.FRONTEND_MODULES, now=clock.now(), tell=self._say)
        except PicturesMissing as missing:
            raise CommandError(str(missing)) from missing
        stamp.mark(stamp.DONE, whole)
        self._say(f"The demo is ready after {time.monotonic() - started:.0f} s.")
        self._show_accounts()

    def _show_accounts(self) -> None:
        lines = table_of_accounts()
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        (settings.DATA_DIR / ACCOUNTS_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
        for line in lines:
            self.stdout.write(line)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
