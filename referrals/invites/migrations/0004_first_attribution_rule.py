"""The attribution rule a new shop starts with."""

from datetime import UTC, datetime

from django.db import migrations


def add_rule(apps, schema_editor):
    apps.get_model("invites", "AttributionRule").objects.create(
        version=1,
        window_days=30,
        touch_order="LAST",
        kinds=["creator_code", "friend", "creator_link"],
        binding_days=None,
        valid_from=datetime(2020, 1, 1, tzinfo=UTC),
    )


def remove_rule(apps, schema_editor):
    apps.get_model("invites", "AttributionRule").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("invites", "0003_touches_and_attribution")]

    operations = [migrations.RunPython(add_rule, remove_rule)]
