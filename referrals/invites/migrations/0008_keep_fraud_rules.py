"""A version of the fraud rule is kept by the database as it was."""

from django.db import migrations

KEEP = """
CREATE TRIGGER invites_keep_fraud_rule BEFORE UPDATE OR DELETE ON invites_fraudrule
    FOR EACH ROW EXECUTE FUNCTION invites_keep();
"""


class Migration(migrations.Migration):
    dependencies = [("invites", "0007_fill_rewards")]

    operations = [migrations.RunSQL(KEEP, "DROP TRIGGER invites_keep_fraud_rule ON invites_fraudrule;")]
