"""A version of an article stays as it was written, whoever asks; another text is another version."""

from django.db import migrations

GUARD = """
CREATE FUNCTION support_keep_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'support: % is refused on %; write a new version', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER support_revisions_stay BEFORE UPDATE OR DELETE ON support_helprevision
  FOR EACH ROW EXECUTE FUNCTION support_keep_revision();
"""
NO_GUARD = """
DROP TRIGGER support_revisions_stay ON support_helprevision;
DROP FUNCTION support_keep_revision;
"""


class Migration(migrations.Migration):
    dependencies = [("support", "0002_first_articles")]

    operations = [migrations.RunSQL(GUARD, NO_GUARD)]
