"""The history of a case is only ever added to, kept by the database itself, whoever asks."""

from django.db import migrations

GUARDS = """
CREATE FUNCTION aftersales_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'aftersales: % is refused on %; write a line that corrects', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER aftersales_history_stays BEFORE UPDATE OR DELETE ON aftersales_caseevent
  FOR EACH ROW EXECUTE FUNCTION aftersales_refuse();
ALTER TABLE aftersales_caseevent ENABLE ALWAYS TRIGGER aftersales_history_stays;
"""

NO_GUARDS = """
DROP TRIGGER aftersales_history_stays ON aftersales_caseevent;
DROP FUNCTION aftersales_refuse;
"""


class Migration(migrations.Migration):
    """Install the trigger."""

    dependencies = [("aftersales", "0001_cases")]

    operations = [migrations.RunSQL(GUARDS, NO_GUARDS)]
