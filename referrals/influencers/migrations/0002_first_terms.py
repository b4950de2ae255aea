"""The first version of the terms, so that a commission can be worked out from the first day."""

from datetime import UTC, datetime

from django.db import migrations


def add_first_terms(apps, schema_editor):
    apps.get_model("influencers", "ProgrammeTerms").objects.create(
        version=1,
        tax_bps=1_300,
        return_days=7,
        extra_days=2,
        cut_days=30,
        notice_days=2,
        appeal_days=30,
        reapply_days=30,
        least_payout_minor=10_000,
        valid_from=datetime(2020, 1, 1, tzinfo=UTC),
    )


class Migration(migrations.Migration):
    dependencies = [("influencers", "0001_initial")]

    operations = [migrations.RunPython(add_first_terms, migrations.RunPython.noop)]
