"""The fraud rule is followed by a version that weighs what came back; rewards get the score they were made with."""

from django.db import migrations

MORE = {"refund": 20, "returned": 15}
SCORES = """
INSERT INTO invites_rewardscore
    (id, reward_id, sequence, cause, score, evidence, fraud_rule_id, from_state, to_state, at)
SELECT gen_random_uuid(), id, 1, 'FIRST', score, evidence, fraud_rule_id, '',
    CASE WHEN held_until IS NULL AND decided_by_id IS NULL THEN state ELSE 'HELD' END, created_at
FROM invites_invitereward reward WHERE score > 0 AND fraud_rule_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM invites_rewardscore known WHERE known.reward_id = reward.id)
"""


def follow_rule(apps, schema_editor):
    rules = apps.get_model("invites", "FraudRule")
    last = rules.objects.latest("version")
    rules.objects.create(
        version=last.version + 1,
        weights={**last.weights, **MORE},
        hold_from=last.hold_from,
        reject_from=last.reject_from,
        release_below=last.release_below,
        review_days=last.review_days,
        valid_from=last.valid_from,
    )


class Migration(migrations.Migration):
    dependencies = [("invites", "0012_keep_reward_scores")]

    operations = [
        migrations.RunPython(follow_rule, migrations.RunPython.noop),
        migrations.RunSQL(SCORES, migrations.RunSQL.noop),
    ]
