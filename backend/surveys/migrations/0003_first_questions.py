"""The first version of the questions about a delivery."""

from datetime import UTC, datetime

from django.db import migrations

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
TITLE = {"zh-Hans": "这次配送怎么样？", "zh-Hant": "這次配送如何？", "en": "How was the delivery?"}
QUESTIONS = [
    ("speed", "FACES", "送得快吗？", "送得快嗎？", "Was it fast?"),
    (
        "accuracy",
        "FACES",
        "送得准吗？地点和时间对不对",
        "送得準嗎？地點和時間對不對",
        "Was it accurate? The place and the time",
    ),
    ("attitude", "FACES", "快递员态度好吗？", "外送員態度好嗎？", "Was the courier kind?"),
    ("words", "WORDS", "还想说一句吗？可以不填", "還想說一句嗎？可以不填", "Anything more? You may leave it empty"),
]


def add(apps, schema_editor):
    apps.get_model("surveys", "SurveyVersion").objects.create(
        key="delivery",
        version=1,
        title=TITLE,
        questions=[
            {"key": key, "kind": kind, "text": {"zh-Hans": simplified, "zh-Hant": traditional, "en": english}}
            for key, kind, simplified, traditional, english in QUESTIONS
        ],
        open_days=7,
        repeat_days=14,
        valid_from=BEGINNING,
    )


class Migration(migrations.Migration):
    dependencies = [("surveys", "0002_answers_stay")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
