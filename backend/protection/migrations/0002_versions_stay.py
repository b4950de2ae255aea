"""A version stays as it was written, whoever asks: what was bought or offered by it keeps its words and prices."""

from django.db import migrations

GUARD = """
CREATE FUNCTION protection_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'protection: % is refused on %; write a new version', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER protection_versions_stay BEFORE UPDATE OR DELETE ON protection_planversion
  FOR EACH ROW EXECUTE FUNCTION protection_keep_version();
"""
NO_GUARD = """
DROP TRIGGER protection_versions_stay ON protection_planversion;
DROP FUNCTION protection_keep_version;
"""


class Migration(migrations.Migration):
    dependencies = [("protection", "0001_plans")]

    operations = [migrations.RunSQL(GUARD, NO_GUARD)]
