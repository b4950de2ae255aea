"""A cost is kept by the database as it was recorded; an opposite entry corrects it."""

from django.db import migrations

KEEP = """
CREATE FUNCTION growth_channels_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is never changed, only corrected by an opposite entry', TG_TABLE_NAME
        USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER growth_channels_keep_cost BEFORE UPDATE OR DELETE ON growth_channels_channelcost
    FOR EACH ROW EXECUTE FUNCTION growth_channels_keep();
"""
FORGET = """
DROP TRIGGER growth_channels_keep_cost ON growth_channels_channelcost;
DROP FUNCTION growth_channels_keep();
"""


class Migration(migrations.Migration):
    dependencies = [("growth_channels", "0001_initial")]

    operations = [migrations.RunSQL(KEEP, FORGET)]
