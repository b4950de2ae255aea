"""Pure decisions about people: which names, phones and addresses can be right."""

import hashlib
import re
import unicodedata
from uuid import UUID

MOST_FOLLOWED = 2000
MOST_ADDRESSES = 20
NAME_LENGTH = 24
BIO_LENGTH = 160

# Mobile numbers of the mainland, Hong Kong, Macau and Taiwan, with their country codes.
_MOBILE = re.compile(r"\+861[3-9]\d{9}|\+852[4-79]\d{7}|\+8536\d{7}|\+8869\d{8}")
_INTERNATIONAL = re.compile(r"\+[1-9]\d{5,14}")
_DIALLING_MARKS = re.compile(r"[\s\-()（）.]")
_SPACES = re.compile(r"\s+")
_CONTROL_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn"}

# The faces that a person may wear: pictures of the front end's emoji package, by code point.
ANIMAL_FACES = (
    "1f43c", "1f431", "1f436", "1f430", "1f98a", "1f43b", "1f428", "1f42f",
    "1f438", "1f42d", "1f439", "1f437", "1f427", "1f425", "1f981", "1f984",
)  # fmt: skip
_PEOPLE = ("1f469", "1f468", "1f9d1", "1f467", "1f466", "1f9d2", "1f475", "1f474", "1f9d4", "1f471")
_SKINS = ("1f3fb", "1f3fc", "1f3fd", "1f3fe")
PEOPLE_FACES = tuple(f"{person}-{skin}" for person in _PEOPLE for skin in _SKINS)
FACES = frozenset(ANIMAL_FACES + PEOPLE_FACES)

_WELCOME_MOODS = {
    "zh-Hans": ("元气", "爱笑的", "早起的", "软乎乎的", "会挑的", "慢悠悠的", "热心的", "贪吃的"),
    "zh-Hant": ("元氣", "愛笑的", "早起的", "軟呼呼的", "會挑的", "慢悠悠的", "熱心的", "貪吃的"),
    "en": ("Sunny", "Cheerful", "Early", "Fluffy", "Picky", "Easy", "Kind", "Hungry"),
}
_ANIMALS = {
    "zh-Hans": ("熊猫", "小猫", "小狗", "兔子", "狐狸", "小熊", "考拉", "老虎",
                "青蛙", "小鼠", "仓鼠", "小猪", "企鹅", "小鸡", "狮子", "独角兽"),
    "zh-Hant": ("熊貓", "小貓", "小狗", "兔子", "狐狸", "小熊", "無尾熊", "老虎",
                "青蛙", "小鼠", "倉鼠", "小豬", "企鵝", "小雞", "獅子", "獨角獸"),
    "en": ("Panda", "Cat", "Puppy", "Rabbit", "Fox", "Bear", "Koala", "Tiger",
           "Frog", "Mouse", "Hamster", "Piglet", "Penguin", "Chick", "Lion", "Unicorn"),
}  # fmt: skip


def normal_phone(text: str) -> str | None:
    """Write a phone number in its international form, or None when it cannot be one.

    Eleven digits that begin with 1 are a mainland mobile number; others need their country code.
    """
    digits = _DIALLING_MARKS.sub("", unicodedata.normalize("NFKC", text))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if re.fullmatch(r"86?1[3-9]\d{9}", digits) and digits.startswith("86"):
        digits = "+" + digits
    if re.fullmatch(r"1[3-9]\d{9}", digits):
        digits = "+86" + digits
    return digits if _INTERNATIONAL.fullmatch(digits) else None


def is_mobile(phone: str) -> bool:
    """Whether a normal phone number is a mobile that our text messages reach."""
    return _MOBILE.fullmatch(phone) is not None


def tidy(text: str) -> str:
    """Make one clean line: usual forms of letters, single spaces, nothing invisible."""
    visible = "".join(
        letter if unicodedata.category(letter) not in _CONTROL_CATEGORIES or letter == "\u200d" else " "
        for letter in unicodedata.normalize("NFC", text)
    )
    return _SPACES.sub(" ", visible).strip()


def has_letter(text: str) -> bool:
    """Whether a text holds anything that can be read aloud."""
    return any(unicodedata.category(letter)[0] in "LN" for letter in text)


def welcome_face(user_id: UUID) -> str:
    """The face a person wears until another is chosen."""
    return ANIMAL_FACES[user_id.int % len(ANIMAL_FACES)]


def welcome_name(user_id: UUID, locale: str) -> str:
    """The name a person carries until another is chosen; it fits the welcome face."""
    animal = _ANIMALS[locale][user_id.int % len(ANIMAL_FACES)]
    moods = _WELCOME_MOODS[locale]
    mood = moods[user_id.int // len(ANIMAL_FACES) % len(moods)]
    return f"{mood} {animal}" if locale == "en" else f"{mood}{animal}"


def hidden_email(email: str) -> str:
    """An email that only its owner recognises."""
    name, _, host = email.partition("@")
    return f"{name[:1]}***@{host}"


def hidden_phone(phone: str) -> str:
    """A phone number that only its owner recognises."""
    return f"{phone[:-8]}****{phone[-4:]}"


SECURITY = "security"


def about_payment(quote_hash: str) -> str:
    """The name of one payment that is confirmed: its price, line by line, and nothing else has this name."""
    return f"pay:{hashlib.sha256(quote_hash.encode()).hexdigest()}"
