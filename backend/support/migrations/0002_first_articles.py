"""The help centre begins with articles that are true of this shop."""

import json
from datetime import UTC, datetime
from pathlib import Path

from django.db import migrations

ARTICLES = Path(__file__).with_name("first_articles.json")
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def write_articles(apps, schema_editor):
    article = apps.get_model("support", "HelpArticle")
    revision = apps.get_model("support", "HelpRevision")
    for each in json.loads(ARTICLES.read_text(encoding="utf-8")):
        made = article.objects.create(**each, changed_at=BEGINNING)
        revision.objects.create(
            article=made,
            version=1,
            title=made.title,
            body=made.body,
            phrases=made.phrases,
            changed_at=BEGINNING,
        )


class Migration(migrations.Migration):
    dependencies = [("support", "0001_help_and_tickets")]

    operations = [migrations.RunPython(write_articles, migrations.RunPython.noop)]
