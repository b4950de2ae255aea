"""The buckets of an item add up to its quota; the database looks when a transaction ends."""

from django.db import migrations

CHECK = """
CREATE FUNCTION flash_buckets_make_the_quota() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted_id uuid;
    wanted bigint;
    counted bigint;
BEGIN
    IF TG_TABLE_NAME = 'flash_flashitem' THEN
        wanted_id := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN
        wanted_id := OLD.item_id;
    ELSE
        wanted_id := NEW.item_id;
    END IF;
    SELECT quota INTO wanted FROM flash_flashitem WHERE id = wanted_id;
    SELECT coalesce(sum(quota), 0) INTO counted FROM flash_flashbucket WHERE item_id = wanted_id;
    IF wanted IS NOT NULL AND wanted <> counted THEN
        RAISE EXCEPTION 'the buckets of flash item % hold % of %', wanted_id, counted, wanted
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER flash_buckets_make_the_quota
    AFTER INSERT OR UPDATE OF quota OR DELETE ON flash_flashbucket
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION flash_buckets_make_the_quota();
CREATE CONSTRAINT TRIGGER flash_item_has_its_quota
    AFTER UPDATE OF quota ON flash_flashitem
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION flash_buckets_make_the_quota();
"""
FORGET = """
DROP TRIGGER flash_item_has_its_quota ON flash_flashitem;
DROP TRIGGER flash_buckets_make_the_quota ON flash_flashbucket;
DROP FUNCTION flash_buckets_make_the_quota();
"""


class Migration(migrations.Migration):
    dependencies = [("flash", "0001_flash_sales")]

    operations = [migrations.RunSQL(CHECK, FORGET)]
