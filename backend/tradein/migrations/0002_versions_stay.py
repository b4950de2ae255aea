"""A version stays as it was written, whoever asks: what was bought or offered by it keeps its words and prices."""

from django.db import migrations

GUARD = """
CREATE FUNCTION tradein_keep_list() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'tradein: % is refused on %; write a new version', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER tradein_lists_stay BEFORE UPDATE OR DELETE ON tradein_pricelistversion
  FOR EACH ROW EXECUTE FUNCTION tradein_keep_list();
"""
NO_GUARD = """
DROP TRIGGER tradein_lists_stay ON tradein_pricelistversion;
DROP FUNCTION tradein_keep_list;
"""


class Migration(migrations.Migration):
    dependencies = [("tradein", "0001_trade_ins")]

    operations = [migrations.RunSQL(GUARD, NO_GUARD)]
