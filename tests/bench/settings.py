"""The settings of a measured shop: those of development, without the limit of requests per address."""

from __future__ import annotations

from backend.config.settings.dev import *
from backend.config.settings.dev import GRAPHQL

GRAPHQL |= {"bucket_size": 10**9, "bucket_refill": 10**9}
