"""A shelf stands one level below its parent, so that no shelf is its own ancestor and none is a fourth level.

And a combination of choices is offered once; what is no longer offered may have had it before.
"""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("catalogue", "0002_brands_media_reviews_prices")]

    operations: ClassVar = [
        migrations.RunSQL(
            "CREATE UNIQUE INDEX category_depth_of_id ON catalogue_category (id, depth)",
            "DROP INDEX category_depth_of_id",
        ),
        migrations.RunSQL(
            "ALTER TABLE catalogue_category ADD CONSTRAINT category_one_deeper_than_parent"
            " FOREIGN KEY (parent_id, parent_depth) REFERENCES catalogue_category (id, depth)"
            " DEFERRABLE INITIALLY DEFERRED",
            "ALTER TABLE catalogue_category DROP CONSTRAINT category_one_deeper_than_parent",
        ),
        migrations.SeparateDatabaseAndState(
            # The new index allows all that the old constraint allowed, so it cannot fail.
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE catalogue_variant DROP CONSTRAINT variant_options_once",
                    "ALTER TABLE catalogue_variant ADD CONSTRAINT variant_options_once UNIQUE (product_id, options)",
                ),
                migrations.RunSQL(
                    "CREATE UNIQUE INDEX variant_options_once ON catalogue_variant (product_id, options)"
                    " WHERE is_offered",
                    "DROP INDEX variant_options_once",
                ),
            ],
            state_operations=[
                migrations.RemoveConstraint(model_name="variant", name="variant_options_once"),
                migrations.AddConstraint(
                    model_name="variant",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(is_offered=True),
                        fields=("product", "options"),
                        name="variant_options_once",
                    ),
                ),
            ],
        ),
    ]
