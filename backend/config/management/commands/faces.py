"""`manage.py faces`: keep the pictures of the faces that people may wear."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from backend.config.demo.packages import open_kitchen
from backend.config.demo.pictures import store_faces


class Command(BaseCommand):
    """Compose the faces from the front end's picture package and store those that are missing."""

    help = "Store a picture of every face that people may wear. Run it once after installing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many were new."""
        self.stdout.write(f"{store_faces(kitchen=open_kitchen(settings.FRONTEND_MODULES))} faces were stored.")
