"""The parcel of a replacement is a parcel of fulfilment; its texts on the case go."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("aftersales", "0003_parcels_of_cases")]

    operations = [
        migrations.RemoveField(model_name="aftersalecase", name="out_carrier"),
        migrations.RemoveField(model_name="aftersalecase", name="out_tracking"),
    ]
