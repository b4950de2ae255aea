"""The shop's side of store credit, and a place for money that nobody can explain yet.

Accounts are locked by id; these are newer than the others and stand behind them.
"""

from django.db import migrations

from backend.core.ids import new_id

KINDS = ["credit_granted", "unexplained"]


def open_accounts(apps, schema_editor):
    ids = sorted(new_id() for _ in KINDS)
    account = apps.get_model("ledger", "Account")
    account.objects.bulk_create(
        [
            account(id=account_id, kind=kind, unit="CNY", may_go_negative=True)
            for account_id, kind in zip(ids, KINDS, strict=True)
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_shop_accounts")]

    operations = [migrations.RunPython(open_accounts, migrations.RunPython.noop)]
