"""The database itself keeps what is sent once more within what was asked for, and apart from what was bought.

A trigger locks the line that bounds the pieces, so of two parcels that want the last piece one waits and then is
refused. What was called off takes no pieces any more: the trigger holds its row against the one who calls it off.
"""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION fulfilment_keep_within_bought() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE most bigint; taken bigint; purpose uuid; asked uuid; place uuid; gone timestamptz;
BEGIN
  SELECT resend_id INTO purpose FROM fulfilment_shipment WHERE id = NEW.shipment_id;
  IF NEW.resend_line_id IS NULL THEN
    SELECT quantity INTO most FROM orders_orderline WHERE id = NEW.line_id FOR NO KEY UPDATE;
  ELSE
    SELECT quantity, resend_id, line_id INTO most, asked, place
      FROM fulfilment_resendline WHERE id = NEW.resend_line_id FOR NO KEY UPDATE;
    SELECT withdrawn_at INTO gone FROM fulfilment_resend WHERE id = asked FOR SHARE;
  END IF;
  IF purpose IS DISTINCT FROM asked OR (asked IS NOT NULL AND (place <> NEW.line_id OR gone IS NOT NULL)) THEN
    RAISE EXCEPTION 'a parcel holds pieces that are not meant for it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'shipment_pieces_of_one_purpose';
  END IF;
  SELECT COALESCE(SUM(part.quantity), 0) INTO taken
    FROM fulfilment_shipmentline part JOIN fulfilment_shipment parcel ON parcel.id = part.shipment_id
   WHERE part.line_id = NEW.line_id AND part.resend_line_id IS NOT DISTINCT FROM NEW.resend_line_id
     AND part.id <> NEW.id AND parcel.state NOT IN ('CANCELLED', 'RETURNED');
  IF taken + NEW.quantity > most THEN
    RAISE EXCEPTION 'parcels would hold % of % pieces', taken + NEW.quantity, most
      USING ERRCODE = 'check_violation', CONSTRAINT = 'shipment_pieces_within_bought';
  END IF;
  RETURN NEW;
END $$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION fulfilment_keep_within_bought() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("fulfilment", "0003_resends")]

    operations = [migrations.RunSQL(GUARD, BEFORE)]
