"""`manage.py reindex`: build the search index anew."""

from typing import Any

from django.core.management.base import BaseCommand

from backend.search.actions.indexing import index_everything


class Command(BaseCommand):
    """Write down anew what everything is found by."""

    help = "Build the search index anew from what everybody may see."

    def handle(self, *args: Any, **options: Any) -> None:
        """Build it and say how much it holds."""
        self.stdout.write(f"{index_everything()} things can be found")
