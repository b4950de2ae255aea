"""The database itself keeps the pieces in parcels within what was bought.

A trigger locks the order line, so of two parcels that want the last piece one waits and then is refused.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION fulfilment_keep_within_bought() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bought bigint; taken bigint;
BEGIN
  SELECT quantity INTO bought FROM orders_orderline WHERE id = NEW.line_id FOR NO KEY UPDATE;
  SELECT COALESCE(SUM(part.quantity), 0) INTO taken
    FROM fulfilment_shipmentline part JOIN fulfilment_shipment parcel ON parcel.id = part.shipment_id
   WHERE part.line_id = NEW.line_id AND part.id <> NEW.id AND parcel.state NOT IN ('CANCELLED', 'RETURNED');
  IF taken + NEW.quantity > bought THEN
    RAISE EXCEPTION 'parcels would hold % of % pieces', taken + NEW.quantity, bought
      USING ERRCODE = 'check_violation', CONSTRAINT = 'shipment_pieces_within_bought';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fulfilment_pieces_within_bought BEFORE INSERT OR UPDATE ON fulfilment_shipmentline
  FOR EACH ROW EXECUTE FUNCTION fulfilment_keep_within_bought();
"""
NO_GUARD = """
DROP TRIGGER fulfilment_pieces_within_bought ON fulfilment_shipmentline;
DROP FUNCTION fulfilment_keep_within_bought();
"""


class Migration(migrations.Migration):
    dependencies = [("fulfilment", "0001_parcels"), ("orders", "0002_after_sales_and_tender")]

    operations = [migrations.RunSQL(GUARD, NO_GUARD)]
