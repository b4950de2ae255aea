"""What a table of products last said of a variant's stock."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("catalogue", "0004_first_prices")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="variant", name="imported_quantity", field=models.IntegerField(null=True, blank=True)
        ),
    ]
