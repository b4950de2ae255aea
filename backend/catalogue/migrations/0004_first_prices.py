"""The price of each variant that is there already becomes the first of its history."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("catalogue", "0003_category_depth")]

    operations: ClassVar = [
        migrations.RunSQL(
            "INSERT INTO catalogue_pricechange (id, product_id, variant_id, price_minor, at)"
            " SELECT gen_random_uuid(), variant.product_id, variant.id, variant.price_minor,"
            " coalesce(product.published_at, product.changed_at)"
            " FROM catalogue_variant variant JOIN catalogue_product product ON product.id = variant.product_id",
            migrations.RunSQL.noop,
        ),
    ]
