"""The roof as an app: with it every process, not only a worker, has the Celery application and its broker."""

from __future__ import annotations

from django.apps import AppConfig

from backend.config.celery import app as celery_app

__all__ = ["ConfigConfig", "celery_app"]


class ConfigConfig(AppConfig):
    name = "backend.config"
    label = "config"
