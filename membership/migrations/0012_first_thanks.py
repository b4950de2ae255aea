"""What a kindness to the shop earns, first version; a version stays as it was written."""

from datetime import UTC, datetime

from django.db import migrations

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
RULES = [("survey", 20, 2), ("suggestion", 200, 3)]
KEEP = """
CREATE TRIGGER membership_keep_thanksrule BEFORE UPDATE OR DELETE ON membership_thanksrule
    FOR EACH ROW EXECUTE FUNCTION membership_keep_row();
"""
FORGET = "DROP TRIGGER membership_keep_thanksrule ON membership_thanksrule;"


def add(apps, schema_editor):
    for key, points, most_per_day in RULES:
        apps.get_model("membership", "ThanksRule").objects.create(
            key=key, version=1, points=points, most_per_day=most_per_day, valid_from=BEGINNING
        )


class Migration(migrations.Migration):
    dependencies = [("membership", "0011_thanks_rule")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop), migrations.RunSQL(KEEP, FORGET)]
