"""A shelf says where the colours of its products can be tried on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0005_imported_quantity"),
    ]

    operations = [
        migrations.AddField(
            model_name="category",
            name="try_on",
            field=models.CharField(blank=True, choices=[("LIPS", "Lips")], db_default="", default="", max_length=10),
        ),
    ]
