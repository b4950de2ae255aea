from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groupbuy", "0008_leader_discount"),
        ("orders", "0005_captures_later"),
        ("promotions", "0005_code_attempts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="grouporder",
            name="signs",
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddIndex(
            model_name="grouporder",
            index=models.Index(
                condition=models.Q(("signs", []), _negated=True), fields=["offer"], name="group_order_with_signs"
            ),
        ),
    ]
