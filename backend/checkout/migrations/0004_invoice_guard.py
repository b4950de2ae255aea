"""An invoice never changes, is never deleted, and its number follows the one before."""

from django.db import migrations

GUARD = """
CREATE FUNCTION checkout_guard_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'an issued invoice is never changed or deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.sequence > 1 AND NOT EXISTS (
        SELECT 1 FROM checkout_invoice WHERE year = NEW.year AND sequence = NEW.sequence - 1
    ) THEN
        RAISE EXCEPTION 'the number of an invoice follows the one before' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER checkout_invoice_guard BEFORE INSERT OR UPDATE OR DELETE ON checkout_invoice
    FOR EACH ROW EXECUTE FUNCTION checkout_guard_invoice();
"""
UNGUARD = "DROP TRIGGER checkout_invoice_guard ON checkout_invoice; DROP FUNCTION checkout_guard_invoice();"


class Migration(migrations.Migration):
    dependencies = [("checkout", "0003_invoices")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
