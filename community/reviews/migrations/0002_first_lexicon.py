"""The aspects and words with which reviews are read at first; the desk changes them later."""

from django.db import migrations

ASPECTS = [
    ("quality", "质量", "品質", "Quality"),
    ("value", "性价比", "CP 值", "Value"),
    ("delivery", "物流", "物流", "Delivery"),
    ("packing", "包装", "包裝", "Packing"),
    ("size", "尺码", "尺寸", "Size"),
    ("look", "外观", "外觀", "Looks"),
    ("taste", "口感", "口感", "Taste"),
    ("service", "服务", "服務", "Service"),
]
# aspect: (words that name it, words for it, words against it)
WORDS = {
    "quality": (
        "质量 品质 做工 材质 面料 料子 用料 质感 手感 工艺 耐用性 quality build material fabric workmanship",
        "结实 耐用 扎实 厚实 牢固 精致 耐磨 耐穿 好用 sturdy durable solid well-made reliable",
        "掉色 褪色 起球 开线 脱线 线头 破损 坏了 坏掉 断了 裂了 漏水 漏气 变形 粗糙 劣质 生锈 掉漆 掉毛 瑕疵 次品 散架 broke broken flimsy cracked leaks leaked faded defective rust scratches",
    ),
    "value": (
        "性价比 价格 价钱 price value money",
        "便宜 划算 实惠 超值 物美价廉 物有所值 值得 值了 cheap bargain affordable worth",
        "贵 太贵 偏贵 不值 亏 降价 expensive overpriced pricey",
    ),
    "delivery": (
        "物流 快递 发货 送货 配送 派送 到货 shipping delivery courier",
        "神速 准时 次日达 隔天到 arrived early on time",
        "慢吞吞 拖延 延误 迟到 迟迟 丢件 等了很久 late delayed delay",
    ),
    "packing": (
        "包装 包裹 箱子 盒子 packaging packing box wrapping",
        "严实 完好 牢靠 密实 intact",
        "压扁 压坏 挤压 破了 烂了 漏了 碎了 dented crushed torn",
    ),
    "size": (
        "尺码 尺寸 大小 码数 版型 长度 腰围 size sizing length fit",
        "合身 合适 合脚 显瘦 fits",
        "偏大 偏小 太大 太小 太长 太短 太紧 太松 大了 小了 紧了 勒 挤脚 tight loose too big too small",
    ),
    "look": (
        "颜色 外观 样式 款式 颜值 造型 外形 花色 colour color look looks design style",
        "好看 漂亮 美观 高级 时尚 可爱 百搭 beautiful pretty lovely cute stylish",
        "难看 色差 丑 土气 显黑 ugly dull",
    ),
    "taste": (
        "口感 味道 口味 香味 气味 taste flavour flavor smell",
        "好吃 美味 香甜 新鲜 清香 酥脆 软糯 鲜美 回甘 delicious tasty fresh crispy",
        "难吃 太甜 太咸 太腻 发霉 变质 不新鲜 有异味 异味 刺鼻 难闻 stale bland salty",
    ),
    "service": (
        "客服 服务 态度 售后 卖家 店家 service seller support",
        "耐心 热情 贴心 周到 friendly helpful polite patient",
        "敷衍 不理人 不理 冷漠 推诿 推脱 没人回 不回复 rude unhelpful ignored",
    ),
}
GOOD = (
    "好 很好 挺好 不错 刚好 正好 刚刚好 棒 赞 满意 喜欢 快 很快 挺快 超快 迅速 高 舒服 舒适 柔软 完美 优秀 精美 强 推荐 惊喜 没得说 到位 可以 "
    "good great excellent nice fast quick perfect amazing soft comfortable love loved happy recommend"
)
BAD = (
    "差 很差 太差 不好 不行 糟糕 糟 慢 很慢 太慢 失望 一般 后悔 垃圾 烂 低 坏 不满意 不喜欢 难受 凑合 薄 太薄 硬 "
    "bad poor terrible awful slow disappointed disappointing worst cheaply thin hard horrible mediocre"
)


def read(apps, schema_editor):
    Aspect, AspectWord = apps.get_model("reviews", "Aspect"), apps.get_model("reviews", "AspectWord")
    Aspect.objects.bulk_create(
        Aspect(key=key, names={"zh-Hans": simple, "zh-Hant": full, "en": english}, position=position)
        for position, (key, simple, full, english) in enumerate(ASPECTS)
    )
    words = {}
    for key, said in WORDS.items():
        for polarity, row in zip((0, 1, -1), said, strict=True):
            for word in _phrases(row):
                words.setdefault(word, AspectWord(aspect_id=key, word=word, polarity=polarity))
    for polarity, row in ((1, GOOD), (-1, BAD)):
        for word in row.split():
            words.setdefault(word, AspectWord(aspect_id=None, word=word, polarity=polarity))
    AspectWord.objects.bulk_create(words.values())


def _phrases(row):
    """The words of a row; phrases of two English words are written out here."""
    phrases = ["arrived early", "on time", "too big", "too small"]
    found = [phrase for phrase in phrases if phrase in row]
    for phrase in found:
        row = row.replace(phrase, "")
    return [*row.split(), *found]


def forget(apps, schema_editor):
    apps.get_model("reviews", "AspectWord").objects.all().delete()
    apps.get_model("reviews", "Aspect").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]

    operations = [migrations.RunPython(read, forget)]
