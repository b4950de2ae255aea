"""The rules that a new community starts with, in three languages."""

from django.db import migrations

POLICIES = [
    (
        "P1",
        "SEVERE",
        {
            "zh-Hans": "违法与危险内容",
            "zh-Hant": "違法與危險內容",
            "en": "Unlawful or dangerous",
        },
        {
            "zh-Hans": "不得发布违法、暴力、色情内容，不得售卖违禁品，不得公开他人的电话、住址、证件等个人信息。",
            "zh-Hant": "不得發布違法、暴力、色情內容，不得販售違禁品，不得公開他人的電話、住址、證件等個人資料。",
            "en": "No unlawful, violent or sexual content, no banned goods, and nobody's phone number, address or papers.",
        },
    ),
    (
        "P2",
        "MEDIUM",
        {
            "zh-Hans": "引流与私下交易",
            "zh-Hant": "導流與私下交易",
            "en": "Private deals",
        },
        {
            "zh-Hans": "不得留联系方式、二维码或站外链接，引导他人离开平台付款。站外交易不受平台保障。",
            "zh-Hant": "不得留聯絡方式、QR Code 或站外連結，引導他人離開平台付款。站外交易不受平台保障。",
            "en": "No contacts, QR codes or links that lead people away to pay elsewhere. What is paid there is not protected.",
        },
    ),
    (
        "P3",
        "MEDIUM",
        {
            "zh-Hans": "虚假与夸大宣传",
            "zh-Hant": "不實與誇大宣傳",
            "en": "False or exaggerated claims",
        },
        {
            "zh-Hans": "说的要是真的。不得虚构体验、盗用图片、夸大功效，收了好处的推荐要写明。",
            "zh-Hant": "說的要是真的。不得虛構體驗、盜用圖片、誇大功效，收了好處的推薦要註明。",
            "en": "Say what is true. No invented experience, no stolen pictures, no inflated effects; name a paid recommendation.",
        },
    ),
    (
        "P4",
        "MEDIUM",
        {
            "zh-Hans": "辱骂与骚扰",
            "zh-Hant": "辱罵與騷擾",
            "en": "Insult and harassment",
        },
        {
            "zh-Hans": "可以不同意，不可以骂人。不得辱骂、威胁、歧视他人，不得反复纠缠。",
            "zh-Hant": "可以不同意，不可以罵人。不得辱罵、威脅、歧視他人，不得反覆糾纏。",
            "en": "Disagree, but do not insult. No abuse, threats or discrimination, and nobody is to be pestered.",
        },
    ),
    (
        "P5",
        "MINOR",
        {
            "zh-Hans": "广告与刷屏",
            "zh-Hant": "廣告與洗版",
            "en": "Advertising and repetition",
        },
        {
            "zh-Hans": "不得重复发布相同内容，不得发与话题无关的广告，不得用无意义的内容凑数。",
            "zh-Hant": "不得重複發布相同內容，不得張貼與話題無關的廣告，不得用無意義的內容充數。",
            "en": "No repeated posts, no advertising beside the topic, no filler without meaning.",
        },
    ),
]


def add_defaults(apps, schema_editor):
    """Write the rules down."""
    policy = apps.get_model("moderation", "Policy")
    policy.objects.bulk_create(
        policy(code=code, severity=severity, titles=titles, texts=texts) for code, severity, titles, texts in POLICIES
    )


class Migration(migrations.Migration):
    """Add the five rules."""

    dependencies = [("moderation", "0002_guards")]
    operations = [migrations.RunPython(add_defaults, migrations.RunPython.noop)]
