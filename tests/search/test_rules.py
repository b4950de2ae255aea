"""Words, sounds and prices, without a database."""

import pytest

from backend.search.rules.folding import fold, other_words, query_of
from backend.search.rules.lexemes import any_of, vector
from backend.search.rules.prices import price_wish
from backend.search.rules.segmenting import fine_words, phrases, tails, words
from backend.search.rules.sounding import initials, shortened, sound
from backend.search.rules.synonyms import SynonymLine, expansions, own_synonyms, read_line, write_line


def test_what_looks_the_same_is_written_the_same():
    assert fold("ＵＳＢ　充電線\u200b ") == "usb 充电线"
    assert fold("亞麻洋裝") == "亚麻洋装"
    assert other_words("滑鼠") == "鼠标"


@pytest.mark.parametrize("text", ["\ud800", "\x00", "ﷺ" * 300, "👩‍👩‍👧‍👦", "\u202e", "a\u0300" * 400, "%_\\'", ""])
def test_a_query_is_bounded_and_printable_whatever_was_pasted(text):
    folded = query_of(text)

    assert len(folded) <= 200
    assert folded.isprintable()
    folded.encode()


def test_words_end_where_the_dictionary_says():
    assert words("亚麻连衣裙 收腰有口袋")[:2] == ["亚麻", "连衣裙"]
    assert {"50", "mm"} <= set(fine_words("50mm 镜头"))
    assert "挂耳咖啡" in fine_words("云南挂耳咖啡 20 包") + phrases("云南挂耳咖啡 20 包")


def test_twenty_packs_are_no_bags():
    assert "包" not in words("抽纸 24 包")
    assert "包" in words("帆布 包")


def test_the_last_sign_says_what_kind_of_thing_it_is():
    assert "灯" in tails("铝罩吊灯 直径")


def test_words_are_heard():
    assert sound("连衣裙") == "lianyiqun"
    assert initials("连衣裙") == "lyq"
    assert shortened("lyq").startswith("^l")


@pytest.mark.parametrize(
    ("typed", "rest", "lowest", "highest"),
    [
        ("100元以下的灯", "灯", None, 10_000),
        ("50块以内 玩具", "玩具", None, 5_000),
        ("一百二十元以下的包", "包", None, 12_000),
        ("shoes under 200", "shoes", None, 20_000),
        ("鞋 200到400", "鞋", 20_000, 40_000),
        ("100-200元 台灯", "台灯", 10_000, 20_000),
        ("500元以上的椅子", "椅子", 50_000, None),
        ("跑鞋 36-44 码", "跑鞋 36-44 码", None, None),
        ("10000mah 充电宝", "10000mah 充电宝", None, None),
        ("9999999元以下", "", None, 999_999_900),
    ],
)
def test_prices_in_words_are_filters(typed, rest, lowest, highest):
    wish = price_wish(typed)

    assert (wish.words, wish.lowest, wish.highest) == (rest, lowest, highest)


def test_lexemes_are_always_quoted():
    assert vector({"a'b\\": "A"}) == "'a''b\\\\':1A"
    assert any_of([("a & b",), ("c",)], "A") == "('a & b':A) | ('c':A)"


def test_a_line_of_synonyms_reads_and_writes_the_same():
    line = read_line("Sofa = 單人椅 > 凳子, stool")

    assert line == SynonymLine(("sofa", "单人椅"), ("凳子", "stool"))
    assert read_line(write_line(line)) == line
    assert expansions([line]) == {"sofa": ("单人椅", "凳子", "stool"), "单人椅": ("sofa", "凳子", "stool")}


def test_the_shipped_list_can_be_read():
    assert "洋装" in own_synonyms()["连衣裙"]
