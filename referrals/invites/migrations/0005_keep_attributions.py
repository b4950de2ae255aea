"""A version of the attribution rule, and who got the credit for an order, are kept by the database as they were."""

from django.db import migrations

KEEP = """
CREATE FUNCTION invites_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is never changed, only followed by a new row', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER invites_keep_rule BEFORE UPDATE OR DELETE ON invites_attributionrule
    FOR EACH ROW EXECUTE FUNCTION invites_keep();
CREATE TRIGGER invites_keep_attribution BEFORE UPDATE OR DELETE ON invites_attribution
    FOR EACH ROW EXECUTE FUNCTION invites_keep();
"""
FORGET = """
DROP TRIGGER invites_keep_attribution ON invites_attribution;
DROP TRIGGER invites_keep_rule ON invites_attributionrule;
DROP FUNCTION invites_keep();
"""


class Migration(migrations.Migration):
    dependencies = [("invites", "0004_first_attribution_rule")]

    operations = [migrations.RunSQL(KEEP, FORGET)]
