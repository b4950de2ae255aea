"""What a tier asks and gives stands in the steps of a policy now."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("membership", "0006_default_policy")]
    operations = [
        migrations.AlterField("tier", "perks", models.JSONField(default=dict)),
        migrations.AlterField("tier", "threshold_minor", models.BigIntegerField(default=0)),
        migrations.RemoveField("tier", "perks"),
        migrations.RemoveField("tier", "threshold_minor"),
        migrations.RemoveField("tier", "multiplier_bps"),
    ]
