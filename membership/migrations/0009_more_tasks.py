"""Tasks and badges for what people do together."""

from datetime import UTC, datetime

from django.db import migrations

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
TASKS = [
    ("first_table", "NEWCOMER", "TABLE", 1, 20, "拼成第一团", "拼成第一團", "Sit at your first full table"),
    ("first_post", "NEWCOMER", "POST", 1, 20, "发第一篇帖子", "發第一篇貼文", "Write your first post"),
    ("first_friend", "GROWING", "FRIEND", 1, 50, "带来第一位朋友", "帶來第一位朋友", "Bring your first friend"),
    ("five_tables", "GROWING", "TABLE", 5, 60, "拼成 5 团", "拼成 5 團", "Sit at five full tables"),
    ("ten_posts", "REGULAR", "POST", 10, 80, "发 10 篇帖子", "發 10 篇貼文", "Write ten posts"),
]
BADGES = [
    ("good_host", "trophy", "TABLE", 10, "满座", "滿座", "Full house"),
    ("storyteller", "star", "POST", 10, "会讲故事", "會講故事", "Storyteller"),
    ("guide", "heart", "FRIEND", 3, "引路人", "引路人", "Guide"),
]


def names(simplified, traditional, english):
    return {"zh-Hans": simplified, "zh-Hant": traditional, "en": english}


def add(apps, schema_editor):
    task, badge = apps.get_model("membership", "TaskRule"), apps.get_model("membership", "BadgeRule")
    for key, stage, fact, goal, points, *words in TASKS:
        task.objects.create(
            key=key, version=1, stage=stage, names=names(*words), fact=fact, goal=goal, points=points,
            valid_from=BEGINNING,
        )  # fmt: skip
    first = badge.objects.count()
    for position, (key, icon, fact, goal, *words) in enumerate(BADGES, start=first):
        badge.objects.create(key=key, position=position, icon=icon, fact=fact, goal=goal, names=names(*words))


class Migration(migrations.Migration):
    dependencies = [("membership", "0008_keep_rules")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
