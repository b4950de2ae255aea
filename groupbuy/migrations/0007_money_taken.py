from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groupbuy", "0006_quota"),
    ]

    operations = [
        migrations.AddField(
            model_name="offer",
            name="money_taken",
            field=models.CharField(
                choices=[("payment", "At payment"), ("full", "When the group is full")],
                db_default="payment",
                default="payment",
                max_length=7,
            ),
        ),
    ]
