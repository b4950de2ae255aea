"""Versions of rules, decisions and pardons stay as they were written; of a policy only its end is set, once."""

from django.db import migrations

KEPT = (
    "earningrule", "spendingrule", "checkinrule", "tierstep", "taskrule", "badgerule", "tiermove", "debtpardon",
    "birthdaygift", "badge", "taskreward", "orderbenefits",
)  # fmt: skip
KEEP = """
CREATE FUNCTION membership_keep_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% rows stay as they were written', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE FUNCTION membership_keep_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR upper(OLD.valid_during) IS NOT NULL
        OR lower(NEW.valid_during) IS DISTINCT FROM lower(OLD.valid_during)
        OR (NEW.version, NEW.window_days, NEW.lasts_days, NEW.grace_days, NEW.falling, NEW.made_by_id, NEW.seen)
        IS DISTINCT FROM
           (OLD.version, OLD.window_days, OLD.lasts_days, OLD.grace_days, OLD.falling, OLD.made_by_id, OLD.seen) THEN
        RAISE EXCEPTION 'tier policy % may only be followed by a new version', OLD.version
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER membership_keep_policy BEFORE UPDATE OR DELETE ON membership_tierpolicy
    FOR EACH ROW EXECUTE FUNCTION membership_keep_policy();
""" + "".join(
    f"CREATE TRIGGER membership_keep_{table} BEFORE UPDATE OR DELETE ON membership_{table}"
    " FOR EACH ROW EXECUTE FUNCTION membership_keep_row();\n"
    for table in KEPT
)
FORGET = (
    """
DROP TRIGGER membership_keep_policy ON membership_tierpolicy;
DROP FUNCTION membership_keep_policy();
"""
    + "".join(f"DROP TRIGGER membership_keep_{table} ON membership_{table};\n" for table in KEPT)
    + ("DROP FUNCTION membership_keep_row();")
)


class Migration(migrations.Migration):
    dependencies = [("membership", "0007_drop_old_tier_columns")]
    operations = [migrations.RunSQL(KEEP, FORGET)]
