"""The accounts of the shop stand from the start, in the order in which money passes through them.

Two transactions that opened the same account at once while holding others could wait for one another.
Accounts are locked by id, so the ids rise along the way of the money.
"""

from django.db import migrations

from backend.core.ids import new_id

KINDS = [
    ("provider_cash", "CNY"),
    ("held_for_group", "CNY"),
    ("sales", "CNY"),
    ("refund_in_flight", "CNY"),
    ("refunded_out", "CNY"),
    ("points_source", "PTS"),
    ("points_spent", "PTS"),
    ("points_expired", "PTS"),
    ("points_reversed", "PTS"),
]
MAY_GO_NEGATIVE = {"provider_cash", "points_source"}


def open_accounts(apps, schema_editor):
    ids = sorted(new_id() for _ in KINDS)
    account = apps.get_model("ledger", "Account")
    account.objects.bulk_create(
        [
            account(id=account_id, kind=kind, unit=unit, may_go_negative=kind in MAY_GO_NEGATIVE)
            for account_id, (kind, unit) in zip(ids, KINDS, strict=True)
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_guards")]

    operations = [migrations.RunPython(open_accounts, migrations.RunPython.noop)]
