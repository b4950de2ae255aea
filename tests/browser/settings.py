"""The shop of the browser tests: as in the demo, but like in production only the documents of the build run."""

import os
from pathlib import Path

from backend.config.settings.dev import *
from backend.config.settings.dev import FRONTEND_DIST, GRAPHQL

# Another build may be tried without touching the usual one.
FRONTEND_DIST = Path(os.environ.get("FRONTEND_DIST", FRONTEND_DIST))
GRAPHQL = {**GRAPHQL, "allow_text": False, "manifests": (FRONTEND_DIST / "documents.json",)}
