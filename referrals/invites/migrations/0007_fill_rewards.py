"""Rewards say whose they are and where they stand; the fraud rule a new shop starts with."""

from datetime import UTC, datetime

from django.db import migrations

WEIGHTS = {
    "same_phone": 60,
    "same_email": 60,
    "same_payer": 50,
    "same_device": 40,
    "same_address": 25,
    "same_network": 10,
    "ring": 15,
    "ring_most": 45,
    "burst": 20,
    "hasty": 10,
}
FILL = """
UPDATE invites_invitereward reward SET
    beneficiary_id = CASE reward.side WHEN 'INVITER' THEN bound.inviter_id ELSE bound.invitee_id END,
    facts = coalesce((SELECT lot.facts FROM membership_pointlot lot WHERE lot.id = reward.lot_id), '{}'),
    state = coalesce((SELECT CASE lot.state WHEN 'PENDING' THEN 'PENDING' WHEN 'REVOKED' THEN 'REVERSED' ELSE 'ISSUED' END
                      FROM membership_pointlot lot WHERE lot.id = reward.lot_id), 'PENDING')
FROM invites_binding bound WHERE bound.invitee_id = reward.binding_id AND reward.beneficiary_id IS NULL
"""


def add_rule(apps, schema_editor):
    apps.get_model("invites", "FraudRule").objects.create(
        version=1,
        weights=WEIGHTS,
        hold_from=50,
        reject_from=120,
        release_below=80,
        review_days=3,
        valid_from=datetime(2020, 1, 1, tzinfo=UTC),
    )


def remove_rule(apps, schema_editor):
    apps.get_model("invites", "FraudRule").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("invites", "0006_reward_life_cycle")]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunPython(add_rule, remove_rule),
    ]
