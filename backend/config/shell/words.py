"""The few words that stand in the HTML itself; everything else is written by the front end."""

from __future__ import annotations

from backend.core.languages import Locale, translate

WORDS: dict[str, dict[str, str]] = {
    "brand": {"zh-Hans": "团子", "zh-Hant": "團子", "en": "Tuanzi"},
    "slogan": {
        "zh-Hans": "和邻居、同事、家人一起买，价格摊开说，没凑齐自动全额退。",
        "zh-Hant": "和鄰居、同事、家人一起買，價格攤開說，沒湊齊自動全額退。",
        "en": "Buy together with neighbours and friends. Plain prices, and a full refund if the group does not fill.",
    },
    "title.shop": {
        "zh-Hans": "团子 · 一起买，刚刚好",
        "zh-Hant": "團子 · 一起買，剛剛好",
        "en": "Tuanzi · Better together",
    },
    "title.moderation": {"zh-Hans": "团子 · 内容治理", "zh-Hant": "團子 · 內容治理", "en": "Tuanzi · Moderation"},
    "title.growth": {"zh-Hans": "团子 · 增长", "zh-Hant": "團子 · 增長", "en": "Tuanzi · Growth"},
    "seats_left": {
        "zh-Hans": "还差 %(count)s 人就成团，坐下来一起买。",
        "zh-Hant": "還差 %(count)s 人就成團，坐下來一起買。",
        "en": "%(count)s more to fill the group. Take a seat.",
    },
    "no_script": {
        "zh-Hans": "团子需要 JavaScript。请在浏览器设置里打开它，再刷新页面。",
        "zh-Hant": "團子需要 JavaScript。請在瀏覽器設定裡開啟它，再重新整理。",
        "en": "Tuanzi needs JavaScript. Allow it in your browser and reload the page.",
    },
}


def word(key: str, locale: Locale) -> str:
    """Give one of the words in a language."""
    return translate(WORDS[key], locale)
