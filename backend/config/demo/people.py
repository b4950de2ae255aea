"""The people of the demo: shoppers with faces and a line about themselves, and those who run the shop."""

import dataclasses
import random
from datetime import datetime, timedelta

from backend.accounts.actions.keep_addresses import AddressText, save_address
from backend.accounts.actions.keep_company import follow_person
from backend.accounts.actions.manage_access import grant_role
from backend.accounts.actions.sign_up import sign_up
from backend.accounts.actions.update_profile import ProfileChange, update_profile
from backend.accounts.models import User

PASSWORD = "tuanzi-demo"  # noqa: S105 - printed at the end of the demo; production has no demo
DOMAIN = "tuanzi.example"


@dataclasses.dataclass(frozen=True)
class Account:
    """One demo account that somebody may sign in with."""

    role: str
    name: str
    email: str
    phone: str
    face: str
    bio: str
    locale: str = "zh-Hans"


ACCOUNTS = (
    Account("shopper", "阿梨", "ali", "+8613800138001", "1f469-1f3fb", "杭州，阳台朝北，养活过二十三盆。"),
    Account("shopper", "老陈", "chen", "+8613800138002", "1f474-1f3fb", "退休老师，买东西先看配料表。"),
    Account("shopper", "小满", "xiaoman", "+8613800138003", "1f467-1f3fb", "刚工作，爱凑单，不爱囤货。"),
    Account("moderator", "林审", "moderator", "", "1f9d1-1f3fb", "社区审核，按条文办事，写明理由。"),
    Account("senior_moderator", "方敏", "senior", "", "1f469-1f3fc", "复核与申诉。"),
    Account("growth", "周策", "growth", "", "1f468-1f3fb", "活动与增长，先看毛利再开团。"),
    Account("support", "小何", "support", "", "1f9d1-1f3fc", "客服，早九点到晚十点。"),
    Account("admin", "团子店家", "admin", "", "1f431", "店里的事都可以找我。"),
)
# Name, face, language, and a line about the person.
NEIGHBOURS = (
    ("七七", "1f469-1f3fc", "zh-Hans", "养猫两只，猫比我会挑。"),
    ("木木", "1f468-1f3fc", "zh-Hans", "沈阳，暖气房里种多肉第四年。"),
    ("阿禾", "1f467-1f3fc", "zh-Hans", "爱喝茶，喝不出好坏。"),
    ("陈爷爷", "1f474-1f3fc", "zh-Hans", "字要大，话要少。"),
    ("王奶奶", "1f475-1f3fb", "zh-Hans", "三楼王奶奶，楼里的团都是我开的。"),
    ("画画的小鹿", "1f9d2-1f3fb", "zh-Hans", "植物插画，周末写生。"),
    ("大宝", "1f466-1f3fb", "zh-Hans", "大宝妈妈在用，孩子三岁半。"),
    ("小鱼", "1f427", "zh-Hans", "跑步五公里，吃饭十公里。"),
    ("阿泽", "1f468-1f3fd", "zh-Hans", "程序员，键盘有四把，手只有两只。"),
    ("周周", "1f98a", "zh-Hans", "周末露营，平时做梦露营。"),
    ("陆老师", "1f9d4-1f3fb", "zh-Hans", "小学科学课，带学生种豆子。"),
    ("蔓蔓", "1f471-1f3fc", "zh-Hans", "敏感肌，成分表看到第三行。"),
    ("叶子", "1f438", "zh-Hans", "图书馆上班，家里也像图书馆。"),
    ("阿博", "1f43b", "zh-Hans", "做饭养家，刀工尚可。"),
    ("慢慢", "1f43c", "zh-Hans", "什么都慢，下单快。"),
    ("于姐", "1f469-1f3fd", "zh-Hans", "小区团长三年，嗓门大，算账清楚。"),
    ("豆豆爸", "1f468-1f3fe", "zh-Hans", "周末拆玩具的人。"),
    ("小苔", "1f430", "zh-Hans", "拍微距，主要拍苔藓。"),
    ("老魏", "1f9d4-1f3fc", "zh-Hans", "骑车上班十一公里。"),
    ("米粒", "1f439", "zh-Hans", "仓鼠三只，名字是饭、面、粥。"),
    ("冬冬", "1f43b", "zh-Hans", "怕冷，袜子最多。"),
    ("阿桃", "1f467-1f3fd", "zh-Hans", "水果自由是人生目标。"),
    ("胡同李叔", "1f474-1f3fd", "zh-Hans", "遛鸟，修收音机。"),
    ("南南", "1f425", "zh-Hans", "广西人，香蕉要自己催熟。"),
    ("一一", "1f436", "zh-Hans", "狗叫二二。"),
    ("秋秋", "1f9d1-1f3fd", "zh-Hans", "手账用得多，事情做得少。"),
    ("江边", "1f42d", "zh-Hans", "钓鱼，不吃鱼。"),
    ("晓雯", "1f471-1f3fb", "zh-Hans", "上海，一人食。"),
    ("阿凯", "1f468-1f3fb", "zh-Hans", "打球膝盖先老。"),
    ("毛线团", "1f431", "zh-Hans", "织围巾，一冬一条。"),
    ("雅婷", "1f469-1f3fb", "zh-Hant", "臺北，陽臺種香草，會分株送人。"),
    ("阿哲", "1f468-1f3fc", "zh-Hant", "臺中，手沖咖啡第五年。"),
    ("品妤", "1f467-1f3fc", "zh-Hant", "高雄，兩隻貓的室友。"),
    ("宜蓁", "1f9d2-1f3fc", "zh-Hant", "香港，細屋收納中。"),
    ("承恩", "1f428", "zh-Hant", "臺南，週末跑早市。"),
    ("Maya", "1f469-1f3fe", "en", "Moved to Hangzhou, still learning which oranges are in season."),
    ("Tom Reed", "1f471-1f3fd", "en", "Teacher. Buys pens by the dozen."),
    ("Aiko", "1f9d1-1f3fb", "en", "Three plants alive, one recovering."),
    ("Ben", "1f42f", "en", "Runs slowly, cooks quickly."),
    ("Lucía", "1f981", "en", "Shanghai, tea on weekdays, coffee on Sundays."),
    ("Priya", "1f467-1f3fe", "en", "Cat person, allergic to cats."),
    ("Sam", "1f436", "en", "Camping with two dogs and one tent."),
)
PLACES = (
    ("浙江省", "杭州市", "西湖区", "文三路 168 号"),
    ("上海市", "上海市", "徐汇区", "天平路 35 弄"),
    ("辽宁省", "沈阳市", "和平区", "南五马路 12 号"),
    ("广东省", "广州市", "海珠区", "江南大道中 88 号"),
    ("四川省", "成都市", "武侯区", "玉林西街 6 号"),
    ("北京市", "北京市", "东城区", "雍和宫大街 21 号"),
    ("江苏省", "南京市", "鼓楼区", "汉口路 9 号"),
    ("湖北省", "武汉市", "武昌区", "昙华林 50 号"),
    ("福建省", "厦门市", "思明区", "沙坡尾 17 号"),
    ("台湾省", "台北市", "大安区", "永康街 20 號"),
)


@dataclasses.dataclass(frozen=True)
class People:
    """Everybody, by what they are in the story."""

    accounts: dict[str, User]
    shoppers: list[User]

    def staff(self, login: str) -> User:
        """Somebody who runs the shop, by the name before the @."""
        return self.accounts[login]


def invite_people(*, dice: random.Random, now: datetime) -> People:
    """Make every account with its profile and address, as they came over the past year."""
    accounts = {each.email: _account(each, dice=dice, now=now) for each in ACCOUNTS}
    neighbours = [_neighbour(number, dice=dice, now=now) for number in range(len(NEIGHBOURS))]
    shoppers = [accounts[each.email] for each in ACCOUNTS if each.role == "shopper"] + neighbours
    _make_friends(shoppers, dice=dice, now=now)
    return People(accounts=accounts, shoppers=shoppers)


def table_of_accounts() -> list[str]:
    """The accounts as lines to print: who, how to sign in, and where to go."""
    faces = {
        "growth": "/growth",
        "moderator": "/moderation",
        "senior_moderator": "/moderation",
        "admin": "/ · /growth · /moderation",
    }
    rows = [("role", "sign in with", "or phone", "password", "open")]
    rows += [
        (each.role, f"{each.email}@{DOMAIN}", each.phone or "-", PASSWORD, faces.get(each.role, "/"))
        for each in ACCOUNTS
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _account(each: Account, *, dice: random.Random, now: datetime) -> User:
    joined_at = now - timedelta(days=dice.randint(120, 380))
    user = sign_up(
        email=f"{each.email}@{DOMAIN}",
        phone=each.phone or None,
        password=PASSWORD,
        display_name=each.name,
        face=each.face,
        locale=each.locale,
        now=joined_at,
    )
    update_profile(user_id=user.id, change=ProfileChange(bio=each.bio), now=joined_at)
    if each.role == "shopper":
        _settle(user, each.name, dice=dice, now=joined_at)
    else:
        grant_role(user_id=user.id, role=each.role, now=joined_at)
    return user


def _neighbour(number: int, *, dice: random.Random, now: datetime) -> User:
    name, face, locale, bio = NEIGHBOURS[number]
    joined_at = now - timedelta(days=dice.randint(91, 380), minutes=dice.randint(0, 1400))
    user = sign_up(
        email=f"neighbour{number + 1:02d}@{DOMAIN}", display_name=name, face=face, locale=locale, now=joined_at
    )
    update_profile(user_id=user.id, change=ProfileChange(bio=bio), now=joined_at)
    _settle(user, name, dice=dice, now=joined_at)
    return user


def _settle(user: User, name: str, *, dice: random.Random, now: datetime) -> None:
    province, city, district, line = dice.choice(PLACES)
    text = AddressText(
        name=name,
        phone=f"+86139{dice.randint(0, 99_999_999):08d}",
        province=province,
        city=city,
        district=district,
        line=f"{line} {dice.randint(1, 30)} 单元 {dice.randint(101, 1802)}",
    )
    save_address(user_id=user.id, text=text, is_default=True, now=now)


def _make_friends(shoppers: list[User], *, dice: random.Random, now: datetime) -> None:
    for user in shoppers:
        for other in dice.sample(shoppers, dice.randint(1, 3)):
            if other is not user:
                at = max(user.date_joined, other.date_joined) + timedelta(minutes=dice.randint(30, 50_000))
                follow_person(follower_id=user.id, followee_id=other.id, now=min(at, now))
