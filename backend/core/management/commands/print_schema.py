"""`manage.py print_schema`: write the schema where the front end and reviewers read it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from graphql import print_schema

from backend.core.graphql.joining import installed_schema


class Command(BaseCommand):
    """Write or compare the printed schema."""

    help = "Write backend/config/schema.graphql, or with --check say whether it is up to date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --check."""
        parser.add_argument("--check", action="store_true", help="write nothing; fail when the file differs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or compare."""
        target = Path(settings.BASE_DIR) / "backend" / "config" / "schema.graphql"
        printed = print_schema(installed_schema()) + "\n"
        if not options["check"]:
            target.write_text(printed)
            self.stdout.write(f"written: {target.relative_to(settings.BASE_DIR)}")
        elif not target.exists() or target.read_text() != printed:
            raise CommandError("backend/config/schema.graphql is out of date: run `manage.py print_schema`.")
