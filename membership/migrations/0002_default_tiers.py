"""The first earning rule and the four tiers a new shop starts with."""

from datetime import UTC, datetime

from django.db import migrations

TIERS = [
    (
        "bud",
        0,
        10_000,
        {"zh-Hans": "小团子", "zh-Hant": "小團子", "en": "Dumpling"},
        {"zh-Hans": ["每花 1 元得 1 积分"], "zh-Hant": ["每花 1 元得 1 點"], "en": ["1 point for each yuan"]},
    ),
    (
        "leaf",
        30_000,
        11_000,
        {"zh-Hans": "青叶", "zh-Hant": "青葉", "en": "Leaf"},
        {"zh-Hans": ["每花 1 元得 1.1 积分"], "zh-Hant": ["每花 1 元得 1.1 點"], "en": ["1.1 points for each yuan"]},
    ),
    (
        "silver",
        100_000,
        12_500,
        {"zh-Hans": "银勺", "zh-Hant": "銀勺", "en": "Silver spoon"},
        {"zh-Hans": ["每花 1 元得 1.25 积分"], "zh-Hant": ["每花 1 元得 1.25 點"], "en": ["1.25 points for each yuan"]},
    ),
    (
        "gold",
        300_000,
        15_000,
        {"zh-Hans": "金碗", "zh-Hant": "金碗", "en": "Golden bowl"},
        {"zh-Hans": ["每花 1 元得 1.5 积分"], "zh-Hant": ["每花 1 元得 1.5 點"], "en": ["1.5 points for each yuan"]},
    ),
]


def add_defaults(apps, schema_editor):
    apps.get_model("membership", "EarningRule").objects.create(
        version=1,
        points_per_yuan=1,
        vest_days_after_delivery=9,
        expires_days_after_vesting=365,
        valid_from=datetime(2020, 1, 1, tzinfo=UTC),
    )
    tier = apps.get_model("membership", "Tier")
    for position, (key, threshold, multiplier, names, perks) in enumerate(TIERS):
        tier.objects.create(
            key=key, position=position, names=names, perks=perks, threshold_minor=threshold, multiplier_bps=multiplier
        )


class Migration(migrations.Migration):
    dependencies = [("membership", "0001_initial")]
    operations = [migrations.RunPython(add_defaults, migrations.RunPython.noop)]
