from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0004_say_partly_sent"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="captures_later",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
