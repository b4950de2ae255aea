"""The Celery application: tasks of every app, and one schedule gathered from them."""

from __future__ import annotations

import importlib
import importlib.util
import os
from typing import Any

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings.dev")

app = Celery("tuanzi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(lambda: settings.TASK_PACKAGES)


@app.on_after_finalize.connect
def gather_schedule(sender: Celery, **_: Any) -> None:
    """Each `tasks` module may hold `SCHEDULE = {name: {"task": …, "schedule": seconds}}`."""
    schedule: dict[str, Any] = {}
    for package in settings.TASK_PACKAGES:
        if importlib.util.find_spec(f"{package}.tasks") is not None:
            schedule |= getattr(importlib.import_module(f"{package}.tasks"), "SCHEDULE", {})
    sender.conf.beat_schedule = schedule
