"""An answer stays as it was sent; only its words may be taken out. A version of a survey is never changed."""

from django.db import migrations

GUARD = """
CREATE FUNCTION surveys_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'surveys_answer' THEN
    IF (to_jsonb(NEW) - 'words') = (to_jsonb(OLD) - 'words') AND NEW.words = '' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'surveys: % is refused on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER surveys_answers_stay BEFORE UPDATE OR DELETE ON surveys_answer
  FOR EACH ROW EXECUTE FUNCTION surveys_keep();
CREATE TRIGGER surveys_versions_stay BEFORE UPDATE OR DELETE ON surveys_surveyversion
  FOR EACH ROW EXECUTE FUNCTION surveys_keep();
"""
NO_GUARD = """
DROP TRIGGER surveys_versions_stay ON surveys_surveyversion;
DROP TRIGGER surveys_answers_stay ON surveys_answer;
DROP FUNCTION surveys_keep;
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_questions_and_answers")]

    operations = [migrations.RunSQL(GUARD, NO_GUARD)]
