import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0004_watching_and_statements"),
    ]

    operations = [
        migrations.AddField(
            model_name="payment",
            name="is_hold",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name="payment",
            name="state",
            field=models.CharField(
                choices=[
                    ("CREATED", "Waiting for payment"),
                    ("AUTHORISED", "Held, not taken yet"),
                    ("SUCCEEDED", "Paid"),
                    ("FAILED", "Payment failed"),
                    ("EXPIRED", "Payment expired"),
                    ("VOIDED", "Released, nothing was taken"),
                    ("PARTIALLY_REFUNDED", "Partly refunded"),
                    ("REFUNDED", "Refunded"),
                ],
                default="CREATED",
                max_length=24,
            ),
        ),
        migrations.CreateModel(
            name="Authorisation",
            fields=[
                (
                    "payment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="payments.payment",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("HELD", "Held"),
                            ("CAPTURE_DUE", "To be taken"),
                            ("CAPTURED", "Taken"),
                            ("VOID_DUE", "To be released"),
                            ("VOIDED", "Released"),
                            ("LOST", "Could not be taken"),
                        ],
                        default="HELD",
                        max_length=12,
                    ),
                ),
                ("authorised_at", models.DateTimeField()),
                ("held_until", models.DateTimeField()),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("next_attempt_at", models.DateTimeField(blank=True, null=True)),
                ("problem", models.CharField(blank=True, default="", max_length=300)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["CAPTURE_DUE", "VOID_DUE"])),
                        fields=["next_attempt_at"],
                        name="authorisation_to_settle",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["CAPTURED", "VOIDED", "LOST"]), _negated=True),
                            ("settled_at__isnull", False),
                            _connector="OR",
                        ),
                        name="authorisation_end_has_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["CAPTURE_DUE", "VOID_DUE"]), _negated=True),
                            ("next_attempt_at__isnull", False),
                            _connector="OR",
                        ),
                        name="authorisation_due_has_its_next_try",
                    ),
                ],
            },
        ),
    ]
