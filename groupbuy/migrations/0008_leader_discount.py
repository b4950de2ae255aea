import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groupbuy", "0007_money_taken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="grouporder",
            name="leader_discount_minor",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="leaderbenefit",
            name="discount_minor",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="leaderbenefit",
            name="owed_minor",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="leaderbenefit",
            name="taken_back_minor",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="offer",
            name="leader_discount_bps",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="offer",
            name="leader_discount_minor",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddIndex(
            model_name="leaderbenefit",
            index=models.Index(condition=models.Q(("owed_minor__gt", 0)), fields=["leader"], name="benefit_owed_by"),
        ),
        migrations.AddConstraint(
            model_name="leaderbenefit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("owed_minor__gte", 0),
                    ("taken_back_minor__gte", 0),
                    (
                        "discount_minor__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("owed_minor"), "+", models.F("taken_back_minor")
                        ),
                    ),
                ),
                name="benefit_owes_what_was_given",
            ),
        ),
    ]
