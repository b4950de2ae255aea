"""The roof as an app: it only checks, once, that the settings fit together."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "backend.config"
    label = "config"
