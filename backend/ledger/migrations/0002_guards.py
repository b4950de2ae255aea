"""The guards of the book, kept by the database itself, whoever asks.

The triggers are ENABLE ALWAYS: they fire under every session_replication_role too.
"""

from django.db import migrations

GUARDS = """
CREATE FUNCTION ledger_stamp_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.created_xid := pg_current_xact_id();
  RETURN NEW;
END $$;

CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: % is refused on %; write a transfer that corrects', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- An empty table may be truncated, because that loses nothing. Only under READ COMMITTED is the look inside
-- taken after the lock, so every other isolation level is refused.
CREATE FUNCTION ledger_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  holds_rows boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.%I)', TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO holds_rows;
  IF holds_rows OR current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'ledger: TRUNCATE is refused on %', TG_TABLE_NAME
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION ledger_keep_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  made_in xid8;
BEGIN
  SELECT created_xid INTO made_in FROM ledger_transfer WHERE id = NEW.transfer_id;
  IF made_in IS DISTINCT FROM pg_current_xact_id() THEN
    RAISE EXCEPTION 'ledger: a posting is written in the transaction that makes its transfer'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  UPDATE ledger_account SET balance = balance + NEW.amount WHERE id = NEW.account_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'ledger: there is no account %', NEW.account_id USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION ledger_guard_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.balance <> 0 THEN
      RAISE EXCEPTION 'ledger: an account opens empty' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  -- Depth 1 is this trigger alone: somebody else's UPDATE. Depth 2 is the trigger of a posting.
  IF pg_trigger_depth() < 2
     OR (NEW.id, NEW.kind, NEW.owner_id, NEW.unit, NEW.may_go_negative)
        IS DISTINCT FROM (OLD.id, OLD.kind, OLD.owner_id, OLD.unit, OLD.may_go_negative) THEN
    RAISE EXCEPTION 'ledger: an account changes through its postings only'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION ledger_check_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  checked uuid;
  legs bigint;
  open_unit text;
BEGIN
  IF TG_TABLE_NAME = 'ledger_transfer' THEN checked := NEW.id; ELSE checked := NEW.transfer_id; END IF;
  SELECT count(*) INTO legs FROM ledger_posting WHERE transfer_id = checked;
  IF legs < 2 THEN
    RAISE EXCEPTION 'ledger: transfer % has % legs and needs two', checked, legs
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  SELECT account.unit INTO open_unit
  FROM ledger_posting AS posting JOIN ledger_account AS account ON account.id = posting.account_id
  WHERE posting.transfer_id = checked GROUP BY account.unit HAVING sum(posting.amount) <> 0 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'ledger: transfer % does not sum to zero in %', checked, open_unit
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

ALTER TABLE ledger_transfer ADD COLUMN created_xid xid8 NOT NULL DEFAULT pg_current_xact_id();
ALTER TABLE ledger_account SET (fillfactor = 70);

CREATE TRIGGER ledger_transfer_stamped BEFORE INSERT ON ledger_transfer
  FOR EACH ROW EXECUTE FUNCTION ledger_stamp_transfer();
CREATE CONSTRAINT TRIGGER ledger_transfer_balances AFTER INSERT ON ledger_transfer
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_check_transfer();
CREATE TRIGGER ledger_transfer_stays BEFORE UPDATE OR DELETE ON ledger_transfer
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_transfer_not_emptied BEFORE TRUNCATE ON ledger_transfer
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_truncate();

CREATE TRIGGER ledger_posting_counts AFTER INSERT ON ledger_posting
  FOR EACH ROW EXECUTE FUNCTION ledger_keep_balance();
CREATE CONSTRAINT TRIGGER ledger_posting_balances AFTER INSERT ON ledger_posting
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_check_transfer();
CREATE TRIGGER ledger_posting_stays BEFORE UPDATE OR DELETE ON ledger_posting
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_posting_not_emptied BEFORE TRUNCATE ON ledger_posting
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_truncate();

CREATE TRIGGER ledger_account_guarded BEFORE INSERT OR UPDATE ON ledger_account
  FOR EACH ROW EXECUTE FUNCTION ledger_guard_account();
CREATE TRIGGER ledger_account_stays BEFORE DELETE ON ledger_account
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_account_not_emptied BEFORE TRUNCATE ON ledger_account
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_truncate();

ALTER TABLE ledger_transfer ENABLE ALWAYS TRIGGER ledger_transfer_stamped;
ALTER TABLE ledger_transfer ENABLE ALWAYS TRIGGER ledger_transfer_balances;
ALTER TABLE ledger_transfer ENABLE ALWAYS TRIGGER ledger_transfer_stays;
ALTER TABLE ledger_transfer ENABLE ALWAYS TRIGGER ledger_transfer_not_emptied;
ALTER TABLE ledger_posting ENABLE ALWAYS TRIGGER ledger_posting_counts;
ALTER TABLE ledger_posting ENABLE ALWAYS TRIGGER ledger_posting_balances;
ALTER TABLE ledger_posting ENABLE ALWAYS TRIGGER ledger_posting_stays;
ALTER TABLE ledger_posting ENABLE ALWAYS TRIGGER ledger_posting_not_emptied;
ALTER TABLE ledger_account ENABLE ALWAYS TRIGGER ledger_account_guarded;
ALTER TABLE ledger_account ENABLE ALWAYS TRIGGER ledger_account_stays;
ALTER TABLE ledger_account ENABLE ALWAYS TRIGGER ledger_account_not_emptied;
"""

NO_GUARDS = """
DROP TRIGGER ledger_transfer_stamped ON ledger_transfer;
DROP TRIGGER ledger_transfer_balances ON ledger_transfer;
DROP TRIGGER ledger_transfer_stays ON ledger_transfer;
DROP TRIGGER ledger_transfer_not_emptied ON ledger_transfer;
DROP TRIGGER ledger_posting_counts ON ledger_posting;
DROP TRIGGER ledger_posting_balances ON ledger_posting;
DROP TRIGGER ledger_posting_stays ON ledger_posting;
DROP TRIGGER ledger_posting_not_emptied ON ledger_posting;
DROP TRIGGER ledger_account_guarded ON ledger_account;
DROP TRIGGER ledger_account_stays ON ledger_account;
DROP TRIGGER ledger_account_not_emptied ON ledger_account;
DROP FUNCTION ledger_stamp_transfer, ledger_refuse, ledger_refuse_truncate, ledger_keep_balance,
  ledger_guard_account, ledger_check_transfer;
ALTER TABLE ledger_account RESET (fillfactor);
ALTER TABLE ledger_transfer DROP COLUMN created_xid;
"""


class Migration(migrations.Migration):
    """Install the triggers."""

    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunSQL(GUARDS, NO_GUARDS)]
