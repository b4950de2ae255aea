"""A rule that has been used is kept by the database as it was."""

from django.db import migrations

KEEP = """
CREATE FUNCTION promotions_keep_used_rule() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'campaign rule % has been used and stays', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.id, NEW.campaign_id, NEW.lineage_id, NEW.version, NEW.kind, NEW.params, NEW.used_at)
        IS DISTINCT FROM (OLD.id, OLD.campaign_id, OLD.lineage_id, OLD.version, OLD.kind, OLD.params, OLD.used_at) THEN
        RAISE EXCEPTION 'campaign rule % has been used and may only be followed by a new version', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER promotions_keep_used_rule BEFORE UPDATE OR DELETE ON promotions_campaignrule
    FOR EACH ROW WHEN (OLD.used_at IS NOT NULL) EXECUTE FUNCTION promotions_keep_used_rule();
"""
FORGET = """
DROP TRIGGER promotions_keep_used_rule ON promotions_campaignrule;
DROP FUNCTION promotions_keep_used_rule();
"""


class Migration(migrations.Migration):
    dependencies = [("promotions", "0001_initial")]

    operations = [migrations.RunSQL(KEEP, FORGET)]
