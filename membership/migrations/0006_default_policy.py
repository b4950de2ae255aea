"""What was a column of a tier becomes the first policy; lots learn what became of them; tasks and badges begin."""

from datetime import UTC, datetime

from django.db import migrations

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
MORE = {
    "leaf": {"orders_count": 1, "free_shipping_per_month": 1, "birthday_points": 50},
    "silver": {
        "orders_count": 3,
        "free_shipping_per_month": 2,
        "birthday_points": 100,
        "member_off_bps": 200,
        "extra_days": 30,
    },
    "gold": {
        "orders_count": 6,
        "free_shipping_per_month": 4,
        "birthday_points": 200,
        "member_off_bps": 500,
        "extra_days": 60,
    },
}
TASKS = [
    ("profile", "NEWCOMER", "PROFILE", 1, 20, "介绍一下自己", "介紹一下自己", "Say a few words about yourself"),
    ("birthday", "NEWCOMER", "BIRTHDAY", 1, 10, "告诉我们生日", "告訴我們生日", "Tell us your birthday"),
    ("first_order", "NEWCOMER", "KEPT_ORDER", 1, 50, "留下第一单", "留下第一單", "Keep your first order"),
    ("follow", "NEWCOMER", "FOLLOW", 3, 10, "关注 3 位同好", "追蹤 3 位同好", "Follow three people"),
    ("week", "GROWING", "WEEK_IN_A_ROW", 1, 20, "连续签到 7 天", "連續簽到 7 天", "Check in seven days in a row"),
    ("three_orders", "GROWING", "KEPT_ORDER", 3, 80, "留下 3 单", "留下 3 單", "Keep three orders"),
    ("ten_orders", "REGULAR", "KEPT_ORDER", 10, 200, "留下 10 单", "留下 10 單", "Keep ten orders"),
    ("month_here", "REGULAR", "CHECK_IN", 30, 60, "签到满 30 天", "簽到滿 30 天", "Check in on thirty days"),
]
BADGES = [
    ("first_taste", "dumpling", "KEPT_ORDER", 1, "初次开席", "初次開席", "First table"),
    ("ten_tables", "trophy", "KEPT_ORDER", 10, "十全十美", "十全十美", "Ten tables"),
    ("early_bird", "sunflower", "WEEK_IN_A_ROW", 1, "七日不断", "七日不斷", "A week without a gap"),
    ("always_here", "calendar", "CHECK_IN", 100, "百日常客", "百日常客", "A hundred days"),
    ("good_company", "heart", "FOLLOW", 10, "好人缘", "好人緣", "Good company"),
    ("collector", "gift", "EXCHANGE", 3, "会过日子", "會過日子", "Good housekeeping"),
    ("climber", "star", "TIER", 1, "更上层楼", "更上層樓", "One floor up"),
    ("top_of_house", "crown", "TIER", 3, "登堂入室", "登堂入室", "Top of the house"),
]


def write_policy(apps, schema_editor):
    policy = apps.get_model("membership", "TierPolicy").objects.create(
        version=1,
        valid_during=(BEGINNING, None),
        window_days=365,
        lasts_days=365,
        grace_days=15,
        falling="ONE_DOWN",
    )
    step = apps.get_model("membership", "TierStep")
    for tier in apps.get_model("membership", "Tier").objects.order_by("position"):
        step.objects.create(
            policy=policy,
            tier=tier,
            position=tier.position,
            amount_minor=tier.threshold_minor,
            multiplier_bps=tier.multiplier_bps,
            **MORE.get(tier.key, {}),
        )


def names(simplified, traditional, english):
    return {"zh-Hans": simplified, "zh-Hant": traditional, "en": english}


def write_deeds(apps, schema_editor):
    task = apps.get_model("membership", "TaskRule")
    for key, stage, fact, goal, points, *words in TASKS:
        task.objects.create(
            key=key, version=1, stage=stage, names=names(*words), fact=fact, goal=goal, points=points,
            valid_from=BEGINNING,
        )  # fmt: skip
    badge = apps.get_model("membership", "BadgeRule")
    for position, (key, icon, fact, goal, *words) in enumerate(BADGES):
        badge.objects.create(key=key, position=position, icon=icon, fact=fact, goal=goal, names=names(*words))


# What happened to a lot before it was counted beside it: points of lapsed lots lapsed, of others they repaid a debt.
LIVES = """
UPDATE membership_pointlot SET
    lapsed = CASE WHEN state = 'EXPIRED' THEN gap.points ELSE 0 END,
    repaid = CASE WHEN state = 'EXPIRED' THEN 0 ELSE gap.points END
FROM (
    SELECT lot.id, lot.earned - lot.reversed - lot.remaining
        + coalesce((SELECT sum(amount) FROM membership_pointdebt WHERE lot_id = lot.id), 0)
        - coalesce((SELECT sum(amount - restored) FROM membership_pointallocation WHERE lot_id = lot.id), 0) AS points
    FROM membership_pointlot lot
) gap WHERE gap.id = membership_pointlot.id AND gap.points > 0
"""


class Migration(migrations.Migration):
    dependencies = [("membership", "0005_tier_policies")]
    operations = [
        migrations.RunPython(write_policy, migrations.RunPython.noop),
        migrations.RunPython(write_deeds, migrations.RunPython.noop),
        migrations.RunSQL(LIVES, migrations.RunSQL.noop),
    ]
