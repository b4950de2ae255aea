"""The words of the merchandising desk of the demo: brands, shelves in shelves, attributes, test reports."""

from typing import Any

from backend.catalogue.models import TryOn

Words = tuple[str, str, str]

# Address, name, and the shelf whose goods it makes. All of them are invented.
BRANDS: dict[str, tuple[Words, str]] = {
    "nanyu": (("南屿果园", "南嶼果園", "Nanyu Orchard"), "fruit"),
    "shiwei": (("拾味", "拾味", "Shiwei"), "snacks"),
    "qingpen": (("青盆", "青盆", "Green Pot"), "plants"),
    "muyan": (("木言", "木言", "Muyan"), "home"),
    "sujing": (("素净", "素淨", "Sujing"), "beauty"),
    "mianqi": (("棉起", "棉起", "Mianqi"), "clothing"),
    "weiguang": (("微光", "微光", "Dim Light"), "digital"),
    "xiaogelou": (("小阁楼", "小閣樓", "Little Attic"), "kids"),
    "yejing": (("野径", "野徑", "Yejing"), "sports"),
    "yizao": (("一灶", "一灶", "One Stove"), "kitchen"),
    "zhijian": (("纸间", "紙間", "Paper Room"), "stationery"),
    "maotuan": (("毛团", "毛團", "Furball"), "pets"),
}
# Shelves whose colours can be tried on.
TRIED_ON = {"lips": TryOn.LIPS}
# The shelf above, the address, the name, and what stands there.
LEVELS: tuple[tuple[str, str, Words, tuple[str, ...]], ...] = (
    (
        "fruit",
        "berries",
        ("莓果樱桃", "莓果櫻桃", "Berries and cherries"),
        ("dandong-strawberries", "yunnan-blueberries", "yantai-cherries"),
    ),
    (
        "fruit",
        "citrus-and-more",
        ("橙橘热带", "橙橘熱帶", "Citrus and tropical"),
        ("gannan-navel-oranges", "guangxi-bananas", "hainan-mango", "avocado-six", "kiwi-golden"),
    ),
    (
        "snacks",
        "tea-and-coffee",
        ("茶与咖啡", "茶與咖啡", "Tea and coffee"),
        ("yunnan-drip-coffee", "longjing-tea", "oat-milk"),
    ),
    (
        "snacks",
        "sweet",
        ("糖巧糕点", "糖巧糕點", "Sweets and cakes"),
        ("salted-caramel-popcorn", "egg-rolls", "dark-chocolate", "osmanthus-cakes", "honey-linden"),
    ),
    (
        "home",
        "furniture",
        ("家具", "家具", "Furniture"),
        ("beech-stool", "round-bedside", "blue-armchair", "yellow-shell-chair"),
    ),
    ("home", "lighting", ("灯饰", "燈飾", "Lamps"), ("teal-pendant-lamp", "soy-candle")),
    ("beauty", "lips", ("唇部", "唇部", "Lips"), ("lip-balm-honey",)),
    ("clothing", "shoes", ("鞋", "鞋", "Shoes"), ("cloud-runner", "leather-loafers")),
    ("clothing", "bags", ("包袋", "包袋", "Bags"), ("canvas-tote", "school-backpack")),
    (
        "digital",
        "desk-gear",
        ("桌面外设", "桌面周邊", "For the desk"),
        ("mechanical-keyboard", "quiet-mouse", "drawing-tablet"),
    ),
    (
        "sports",
        "camping",
        ("露营徒步", "露營健行", "Camping and hiking"),
        ("two-person-tent", "camp-lantern", "hiking-boots"),
    ),
)
KEEPING: tuple[tuple[str, Words], ...] = (
    ("chilled", ("冷藏", "冷藏", "Chilled")),
    ("cool", ("阴凉处", "陰涼處", "Somewhere cool")),
)
MATERIALS: tuple[tuple[str, Words], ...] = (
    ("cotton", ("棉", "棉", "Cotton")),
    ("wool", ("羊毛", "羊毛", "Wool")),
    ("linen", ("亚麻", "亞麻", "Linen")),
    ("leather", ("牛皮", "牛皮", "Leather")),
    ("synthetic", ("化纤", "化纖", "Synthetic")),
)
# Shelf, key, type, name, unit, choices.
ATTRIBUTES: tuple[tuple[str, str, str, Words, str, tuple[tuple[str, Words], ...]], ...] = (
    ("fruit", "keeping", "CHOICE", ("储存", "儲存", "Keep it"), "", KEEPING),
    ("fruit", "keeps-days", "NUMBER", ("可存放（天）", "可存放（天）", "Keeps for (days)"), "", ()),
    ("snacks", "net-weight", "NUMBER", ("净含量", "淨含量", "Net weight"), "g", ()),
    ("snacks", "sugar-free", "BOOLEAN", ("无添加糖", "無添加糖", "No added sugar"), "", ()),
    ("furniture", "assembly", "BOOLEAN", ("需要安装", "需要組裝", "Needs assembly"), "", ()),
    ("furniture", "load", "NUMBER", ("承重", "承重", "Carries"), "kg", ()),
    ("clothing", "material", "CHOICE", ("材质", "材質", "Material"), "", MATERIALS),
    ("digital", "wireless", "BOOLEAN", ("无线", "無線", "Wireless"), "", ()),
    ("digital", "warranty", "NUMBER", ("质保（月）", "保固（月）", "Warranty (months)"), "", ()),
)
SHEETS: dict[str, dict[str, Any]] = {
    "dandong-strawberries": {"keeping": "chilled", "keeps-days": 2},
    "yunnan-blueberries": {"keeping": "chilled", "keeps-days": 5},
    "yantai-cherries": {"keeping": "chilled", "keeps-days": 3},
    "gannan-navel-oranges": {"keeping": "cool", "keeps-days": 14},
    "aksu-apples": {"keeping": "cool", "keeps-days": 21},
    "guangxi-bananas": {"keeping": "cool", "keeps-days": 6},
    "hainan-mango": {"keeping": "cool", "keeps-days": 5},
    "avocado-six": {"keeping": "cool", "keeps-days": 7},
    "kiwi-golden": {"keeping": "cool", "keeps-days": 10},
    "yunnan-drip-coffee": {"net-weight": 200, "sugar-free": True},
    "longjing-tea": {"net-weight": 100, "sugar-free": True},
    "dark-chocolate": {"net-weight": 180, "sugar-free": False},
    "nut-daily": {"net-weight": 750, "sugar-free": True},
    "oat-milk": {"net-weight": 1000, "sugar-free": True},
    "honey-linden": {"net-weight": 500, "sugar-free": True},
    "beech-stool": {"assembly": False},
    "round-bedside": {"assembly": True, "load": 30},
    "blue-armchair": {"assembly": True, "load": 150},
    "yellow-shell-chair": {"assembly": True, "load": 130},
    "wool-socks": {"material": "wool"},
    "linen-dress": {"material": "linen"},
    "cotton-tee": {"material": "cotton"},
    "knit-scarf": {"material": "wool"},
    "canvas-tote": {"material": "cotton"},
    "leather-loafers": {"material": "leather"},
    "cloud-runner": {"material": "synthetic"},
    "mechanical-keyboard": {"wireless": True, "warranty": 24},
    "quiet-mouse": {"wireless": True, "warranty": 12},
    "drawing-tablet": {"wireless": False, "warranty": 12},
    "headphones-soft": {"wireless": True, "warranty": 12},
    "power-bank": {"wireless": True, "warranty": 12},
}
# What was tested, who tested it, and the number of the report. The laboratories are invented.
TESTED: dict[str, tuple[Words, str, str]] = {
    "dandong-strawberries": (
        ("农药残留检测", "農藥殘留檢驗", "pesticide residues"),
        "Liaohai Food Laboratory",
        "LH-2026-0417",
    ),
    "honey-linden": (
        ("蜂蜜理化指标检测", "蜂蜜理化指標檢驗", "composition of honey"),
        "Changbai Food Laboratory",
        "CB-26-1102",
    ),
    "amino-cleanser": (
        ("皮肤刺激性测试", "皮膚刺激性測試", "skin irritation"),
        "Hebin Cosmetics Testing",
        "HB-C-26-088",
    ),
    "mineral-sunscreen": (
        ("防晒指数检测", "防曬係數檢驗", "sun protection factor"),
        "Hebin Cosmetics Testing",
        "HB-C-26-101",
    ),
    "baby-bottle": (
        ("婴幼儿食品接触材料检测", "嬰幼兒食品接觸材料檢驗", "materials in contact with food"),
        "Minjiang Quality Institute",
        "MJ-26-3305",
    ),
    "power-bank": (
        ("移动电源安全检测", "行動電源安全檢驗", "safety of power banks"),
        "Minjiang Quality Institute",
        "MJ-26-4120",
    ),
}
# The product, what is wrong, in the shopper's words, and the answer; empty while nobody has answered.
REPORTED: tuple[tuple[str, str, str, str], ...] = (
    (
        "cotton-towels",
        "SPECIFICATION",
        "写的 600 克一条，我称了是 560 克。",
        "感谢提醒，已按复称结果改为 560 克，并通知了供应商。",
    ),
    ("mechanical-keyboard", "DESCRIPTION", "说明里写热插拔，图片上的型号不支持。", ""),
    ("picture-books", "PICTURE", "第二张图是旧版封面，收到的是新版。", ""),
    ("dog-leash", "OTHER", "英文標題少了長度，中文有寫 1.5 米。", ""),
)
