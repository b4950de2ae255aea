"""What was on hand before movements were written down becomes their beginning."""

from django.db import migrations

OPEN = """
INSERT INTO inventory_stockmovement (id, variant_id, kind, change, on_hand, reason, reference, at)
SELECT gen_random_uuid(), variant_id, 'OPENING', on_hand, on_hand, '', '', now()
FROM inventory_stockitem WHERE on_hand <> 0
"""


class Migration(migrations.Migration):
    dependencies = [("inventory", "0002_movements_and_watches")]

    operations = [migrations.RunSQL(OPEN, "DELETE FROM inventory_stockmovement WHERE kind = 'OPENING'")]
