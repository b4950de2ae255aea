"""Look at delivery and mend it by hand."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from backend.core.outbox.actions import retry_parked
from backend.core.outbox.relay import deliver_pending
from backend.core.outbox.selectors import outbox_gauges, parked_events


class Command(BaseCommand):
    """Show the gauges and the parked events; deliver or retry on request."""

    help = "Show how delivery is doing. --deliver delivers what is open, --retry gives parked events another round."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two things to do besides looking."""
        parser.add_argument("--deliver", action="store_true")
        parser.add_argument("--retry", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what was asked, then show."""
        if options["retry"]:
            self.stdout.write(f"retried {retry_parked()}")
        if options["deliver"]:
            self.stdout.write(f"delivered {deliver_pending()}")
        gauges = outbox_gauges()
        self.stdout.write(
            f"open {gauges.open_count}, parked {gauges.parked_count}, oldest {gauges.oldest_seconds:.1f} s"
        )
        for event in parked_events():
            self.stdout.write(f"{event.event_id} {event.name}: {event.last_refusal}")
