"""Foreign keys and reverse accessors escape import-linter; here they are walked."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import ForeignKey, ManyToManyField, Model
from django.test.utils import isolate_apps

from tests.architecture.code import FLOOR_OF, app_of, our_models


def breaches(models_to_walk: list[type[Model]]) -> list[str]:
    found = []
    for model in models_to_walk:
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey | ManyToManyField) and field.model is model:
                found += [f"{model.__name__}.{field.name}: {words}" for words in breaches_of(model, field)]
    return found


def breaches_of(model: type[Model], field: ForeignKey[Any, Any] | ManyToManyField[Any, Any]) -> list[str]:
    here, there = app_of(model), app_of(field.related_model)
    if here == there:
        return []
    words = []
    if FLOOR_OF.get(there, 99) >= FLOOR_OF[here]:
        words.append(f"points from {here} to {there}, which does not stand below it")
    if not field.remote_field.hidden:
        words.append('a key into another app needs related_name="+"')
    if isinstance(field, ForeignKey) and field.remote_field.on_delete is not models.PROTECT:
        words.append("a key into another app needs on_delete=PROTECT")
    return words


def test_keys_point_downhill_and_leave_nothing_behind_in_the_lower_app():
    assert breaches(list(our_models())) == []


@isolate_apps("backend.accounts", "groupbuy", "backend.messaging")
def test_the_walk_sees_a_key_that_points_up_an_accessor_and_a_cascade():
    class Seat(models.Model):
        class Meta:
            app_label = "groupbuy"

    class Person(models.Model):
        seat = models.ForeignKey(Seat, on_delete=models.CASCADE)

        class Meta:
            app_label = "accounts"

    assert len(breaches([Person])) == 3
