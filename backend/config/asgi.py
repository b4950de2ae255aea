"""The ASGI application that a server serves: `backend.config.asgi:application`."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings.dev")
django_application = get_asgi_application()

# After Django is set up: the routes import apps.
from backend.config.routing import route
from backend.core.graphql.documents import document_store

application = route(django_application)

# Read the schema and the trusted documents now: a broken one stops the server at its start, not the first shopper.
document_store()
