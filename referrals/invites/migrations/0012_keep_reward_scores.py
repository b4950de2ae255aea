"""A score is kept by the database as it was."""

from django.db import migrations

KEEP = """
CREATE TRIGGER invites_keep_reward_score BEFORE UPDATE OR DELETE ON invites_rewardscore
    FOR EACH ROW EXECUTE FUNCTION invites_keep();
"""


class Migration(migrations.Migration):
    dependencies = [("invites", "0011_reward_scores")]

    operations = [migrations.RunSQL(KEEP, "DROP TRIGGER invites_keep_reward_score ON invites_rewardscore;")]
