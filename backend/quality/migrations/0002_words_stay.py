"""What was said of service and written into a case stays as it was written."""

from django.db import migrations

KEPT = ("servicereview", "improvementnote")
KEEP = """
CREATE FUNCTION quality_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'quality: % is refused on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
""" + "".join(
    f"CREATE TRIGGER quality_keep_{table} BEFORE UPDATE OR DELETE ON quality_{table}"
    " FOR EACH ROW EXECUTE FUNCTION quality_keep();\n"
    for table in KEPT
)
FORGET = "".join(f"DROP TRIGGER quality_keep_{table} ON quality_{table};\n" for table in KEPT) + (
    "DROP FUNCTION quality_keep;"
)


class Migration(migrations.Migration):
    dependencies = [("quality", "0001_carriers_service_improvements")]

    operations = [migrations.RunSQL(KEEP, FORGET)]
