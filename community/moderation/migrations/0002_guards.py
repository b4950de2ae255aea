"""The numbers of cases, and a log that nobody rewrites, kept by the database itself, whoever asks.

The triggers are ENABLE ALWAYS: they fire under every session_replication_role too.
"""

from django.db import migrations

GUARDS = """
CREATE SEQUENCE moderation_case_number START 1001;

CREATE FUNCTION moderation_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'moderation: % is refused on %; write a line that corrects', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- An empty table may be truncated, because that loses nothing. Only under READ COMMITTED is the look inside
-- taken after the lock, so every other isolation level is refused.
CREATE FUNCTION moderation_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  holds_rows boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.%I)', TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO holds_rows;
  IF holds_rows OR current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'moderation: TRUNCATE is refused on %', TG_TABLE_NAME
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER moderation_log_stays BEFORE UPDATE OR DELETE ON moderation_auditentry
  FOR EACH ROW EXECUTE FUNCTION moderation_refuse();
CREATE TRIGGER moderation_log_not_emptied BEFORE TRUNCATE ON moderation_auditentry
  FOR EACH STATEMENT EXECUTE FUNCTION moderation_refuse_truncate();
CREATE TRIGGER moderation_decision_stays BEFORE UPDATE OR DELETE ON moderation_decision
  FOR EACH ROW EXECUTE FUNCTION moderation_refuse();
CREATE TRIGGER moderation_decision_not_emptied BEFORE TRUNCATE ON moderation_decision
  FOR EACH STATEMENT EXECUTE FUNCTION moderation_refuse_truncate();

ALTER TABLE moderation_auditentry ENABLE ALWAYS TRIGGER moderation_log_stays;
ALTER TABLE moderation_auditentry ENABLE ALWAYS TRIGGER moderation_log_not_emptied;
ALTER TABLE moderation_decision ENABLE ALWAYS TRIGGER moderation_decision_stays;
ALTER TABLE moderation_decision ENABLE ALWAYS TRIGGER moderation_decision_not_emptied;
"""

NO_GUARDS = """
DROP TRIGGER moderation_log_stays ON moderation_auditentry;
DROP TRIGGER moderation_log_not_emptied ON moderation_auditentry;
DROP TRIGGER moderation_decision_stays ON moderation_decision;
DROP TRIGGER moderation_decision_not_emptied ON moderation_decision;
DROP FUNCTION moderation_refuse, moderation_refuse_truncate;
DROP SEQUENCE moderation_case_number;
"""


class Migration(migrations.Migration):
    """Make the sequence and install the triggers."""

    dependencies = [("moderation", "0001_initial")]

    operations = [migrations.RunSQL(GUARDS, NO_GUARDS)]
