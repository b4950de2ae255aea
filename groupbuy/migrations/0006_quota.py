"""How many may sit down in all, and when a place counts as taken."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groupbuy", "0005_leaders_lines_and_merging"),
    ]

    operations = [
        migrations.AddField(
            model_name="offer",
            name="quota",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="offer",
            name="quota_mode",
            field=models.CharField(
                choices=[("seat", "Seat by seat"), ("group", "Whole groups")],
                db_default="seat",
                default="seat",
                max_length=5,
            ),
        ),
    ]
