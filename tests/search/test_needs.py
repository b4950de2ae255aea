"""What people say who name no thing is answered, and the desk can write it."""

import pytest

from backend.core.errors import NotFound
from backend.search.actions.indexing import index_everything
from backend.search.actions.needs import NeedText, reset_need, save_need
from backend.search.errors import NeedUnreadable
from backend.search.models import Need, NeedKind
from backend.search.rules.needs import KINDS, NeedLine, needs_said, own_needs, read_need
from backend.search.selectors.finding import Asked, finds
from backend.search.selectors.understanding import understand
from tests.factories.accounts import make_grower
from tests.factories.catalogue import NOON, make_product, texts


def found(shop, text):
    answer = finds(text=text, asked=Asked(), now=NOON)
    slugs = {product.pk: slug for slug, product in shop.items()}
    return [slugs[each] for each in answer.ids], answer


def spoken(text, *lines):
    return [(each.need.code, text[each.start : each.end]) for each in needs_said(text, lines)]


def test_the_shipped_needs_are_whole_and_many():
    needs = own_needs()

    assert len(needs) >= 150
    assert tuple(NeedKind.values) == KINDS
    assert {need.kind for need in needs.values()} == set(KINDS)
    assert all(need.says and (need.finds or need.shelves) for need in needs.values())
    assert all(len(say.replace("…", "")) > 1 for need in needs.values() for say in need.says)


def test_a_need_is_heard_with_words_between():
    line = read_need("PROBLEM", "dry-hands: 手…裂 = hands…crack > 护手霜")

    assert spoken("手老是干裂怎么办", line) == [("dry-hands", "手老是干裂")]
    assert spoken("my hands always crack in winter", line) == [("dry-hands", "hands always crack")]
    assert spoken("手机壳裂", line) == [("dry-hands", "手机壳裂")]
    assert spoken("手里拿的东西全都裂", line) == []
    assert spoken("shands crack", line) == []


def test_of_two_that_overlap_the_one_that_says_more_is_heard():
    short = NeedLine("sleep", "PROBLEM", ("睡觉",), ("枕",))
    long = NeedLine("story", "PROBLEM", ("睡觉前故事",), ("绘本",))

    assert spoken("睡觉前故事", short, long) == [("story", "睡觉前故事")]


@pytest.mark.parametrize("typed", ["停电了用什么照明", "停電了用什麼照明", "power cut at home"])
def test_a_need_that_no_text_holds_is_answered_in_three_scripts(shop, typed):
    shop["charged"] = make_product(slug="charged", title=texts("充电露营灯", "充電露營燈", "Rechargeable lantern"))
    index_everything()

    assert found(shop, typed)[0][0] in {"charged", "lantern"}


def test_beside_a_need_the_thing_that_is_named_comes_first(shop):
    slugs, answer = found(shop, "送妈妈的草莓")

    assert slugs[0] == "strawberries"
    assert answer.wish.names_need


def test_talk_around_a_need_asks_for_nothing(shop):
    wish = understand("我总觉得脖子很冷受不了")

    assert [group.text for group in wish.groups] == ["脖子冷"]
    assert found(shop, "我总觉得脖子很冷受不了")[0][0] == "scarf"


def test_a_need_is_not_heard_within_a_word_of_a_name(shop):
    shop["cream"] = make_product(slug="cream", title=texts("护手霜", "護手霜", "Hand cream"))
    index_everything()

    wish = understand("护手霜")

    assert ([group.text for group in wish.groups], wish.names_need) == (["护手霜"], False)


def test_a_need_is_answered_by_a_shelf_too(shop):
    save_need(text=NeedText(kind="OCCASION", says=["丰收节"], shelves=["fruit"]), actor_id=make_grower().pk, now=NOON)

    slugs, answer = found(shop, "丰收节")

    assert (set(slugs), answer.help) == ({"strawberries", "apples"}, "NONE")


def test_the_desk_changes_a_shipped_need_takes_it_away_and_resets_it(shop):
    grower = make_grower().pk
    text = NeedText(kind="SEASON", says=["脖子…冷"], finds=["草莓"])

    save_need(text=text, code="cold-neck", actor_id=grower, now=NOON)
    changed = found(shop, "脖子很冷")[0][0]
    save_need(
        text=NeedText(kind="SEASON", says=["脖子…冷"], finds=["草莓"], is_on=False),
        code="cold-neck",
        actor_id=grower,
        now=NOON,
    )
    away = understand("脖子很冷").names_need
    reset_need(code="cold-neck")

    assert (changed, away) == ("strawberries", False)
    assert found(shop, "脖子很冷")[0][0] == "scarf"


@pytest.mark.parametrize(
    "text",
    [
        NeedText(kind="PROBLEM", says=[], finds=["灯"]),
        NeedText(kind="PROBLEM", says=["停电"]),
        NeedText(kind="PROBLEM", says=["电"], finds=["灯"]),
        NeedText(kind="PROBLEM", says=["停" * 41], finds=["灯"]),
        NeedText(kind="NOTHING", says=["停电"], finds=["灯"]),
    ],
)
def test_a_need_that_says_or_finds_nothing_is_refused(db, text):
    with pytest.raises(NeedUnreadable) as refusal:
        save_need(text=text, actor_id=make_grower().pk, now=NOON)

    assert refusal.value.code == "NEED_UNREADABLE"
    assert not Need.objects.exists()


def test_a_need_that_is_not_there_is_neither_changed_nor_reset(db):
    text = NeedText(kind="PROBLEM", says=["停电"], finds=["灯"])

    with pytest.raises(NotFound):
        save_need(text=text, code="nowhere", actor_id=make_grower().pk, now=NOON)
    with pytest.raises(NotFound):
        reset_need(code="power-cut")

    assert not Need.objects.exists()
