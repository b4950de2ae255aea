"""Searching over the API: as nobody, as somebody, as staff, and with what nobody should type."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.catalogue.models import Product
from backend.core import clock
from backend.search.actions.indexing import index_everything
from backend.search.actions.learning import learn_order
from backend.search.actions.remembering import note_opening, note_search
from backend.search.models import KeptSearch, Need, Placement, SearchQuery, Synonym
from tests.factories.accounts import make_grower, make_person
from tests.factories.catalogue import make_product, texts
from tests.support.api import Api

SEARCH = """query ($query: String!, $exactly: Boolean) { search(query: $query, exactly: $exactly) {
    words shownFor corrections { typed meant } help count exactCount isPersonal lowestPrice highestPrice
    finds { edges { node { product { slug title } why { kind product { slug } } } } pageInfo { hasNextPage } } } }"""
COUNTS = """query ($query: String!) { search(query: $query, first: 1) { count counts {
  categories { value label count } brands { value label count } attributes { key label values { value label count } }
  prices { lowest highest count } ratings { value count } sold { value count } inStock hasGroup } } }"""
IN_STOCK = """query ($query: String!) { search(query: $query, filter: { inStock: true }) {
  counts { inStock } finds { edges { node { product { slug } } } } } }"""
NOTE = """mutation ($input: NoteSearchInput!) { noteSearch(input: $input) { history errors { code field message } } }"""
SAVE = """mutation ($input: SaveSynonymInput!) { saveSynonym(input: $input) { synonym { id line }
  errors { code field message } } }"""
DELETE = """mutation ($input: DeleteSynonymInput!) { deleteSynonym(input: $input) { isDeleted errors { code } } }"""
REPORT = """{ searchReport { searches withoutFinds opened missing { words people } unopened { words } }
  searchSynonyms { line } }"""
NAUGHTY = [
    "%", "_", "\\", "'", "''; DROP TABLE search_searchdocument; --", "a & b | !c:*", "(((", "):A",
    "👩‍👩‍👧‍👦", "\u202e\u200b", "ﷺ" * 200, "灯" * 200, "a" * 5000, "z̷̡͝a̵͘", "0", "-1", "1e309", "NULL", "${jndi}",
    "元以下", "100元以下", "99999999999999元以下", "万万万元以下", "under", "'':1A", "的", " ",
]  # fmt: skip


def slugs(answer):
    return [edge["node"]["product"]["slug"] for edge in answer["search"]["finds"]["edges"]]


def test_nobody_may_search_and_reads_in_his_own_script(shop):
    answer = Api(locale="zh-Hant")(SEARCH, query="联衣裙")["search"]

    assert answer["shownFor"] == "連衣裙"
    assert answer["finds"]["edges"][0]["node"]["product"]["title"] == "亞麻洋裝"
    assert not answer["isPersonal"]


def test_whatever_is_typed_has_an_answer(shop):
    api = Api()

    for words in NAUGHTY:
        whole = api.ask(SEARCH, query=words)
        assert "errors" not in whole, words
        assert slugs(whole["data"]), words


def test_whatever_is_typed_so_far_is_suggested_to(shop):
    api = Api()

    for words in NAUGHTY:
        whole = api.ask("query ($p: String!) { searchSuggestions(prefix: $p) { kind text } }", p=words)
        assert "errors" not in whole, words


def test_a_wildcard_finds_no_more_than_a_word(shop):
    assert Api()(SEARCH, query="%")["search"]["help"] == "POPULAR"


def test_the_counts_have_names(shop):
    counts = Api(locale="en")(COUNTS, query="灯")["search"]["counts"]

    assert counts["categories"] == [{"value": "lamps", "label": "Fruit", "count": 2}]
    assert sum(each["count"] for each in counts["prices"]) == 2
    assert counts["inStock"] == 2


def test_what_cannot_be_had_is_left_out_when_only_that_is_asked_for(shop):
    make_product(slug="gone-lamp", title=texts("灯 售罄", None, "Lamp gone"), stock=0)
    index_everything()

    whole, stocked = Api()(SEARCH, query="灯"), Api()(IN_STOCK, query="灯")

    assert "gone-lamp" in slugs(whole)
    assert set(slugs(stocked)) == set(slugs(whole)) - {"gone-lamp"}
    assert stocked["search"]["counts"]["inStock"] == len(slugs(stocked))


def test_a_search_is_as_many_statements_at_two_finds_as_at_twenty(shop):
    def statements():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            Api()(SEARCH, query="灯 露营")
        return len(asked)

    statements()
    few = statements()
    for number in range(20):
        make_product(slug=f"lamp-{number}", title=texts(f"露营灯 {number}", None, f"Lantern {number}"))
    index_everything()

    assert statements() <= few


def test_a_noted_search_stands_in_the_history_of_the_person_alone(shop):
    bob = make_person()

    answer = Api(bob)(NOTE, input={"words": "  灯 "})["noteSearch"]
    Api(visitor="v" * 22)(NOTE, input={"words": "灯"})

    assert answer["history"] == ["灯"]
    assert KeptSearch.objects.get().person_id == bob.pk


def test_a_history_is_closed_to_nobody():
    assert Api().codes("{ mySearches }") == ["SIGN_IN_REQUIRED"]


@pytest.mark.parametrize("who", [None, "person"])
def test_the_desk_is_closed_to_others(db, who):
    api = Api(make_person()) if who else Api()

    assert set(api.codes(REPORT)) <= {"SIGN_IN_REQUIRED", "NOT_ALLOWED"}
    answer = api(SAVE, input={"line": "a = b"})["saveSynonym"]
    assert answer["errors"][0]["code"] in {"SIGN_IN_REQUIRED", "NOT_ALLOWED"}
    assert not Synonym.objects.exists()


def test_a_synonym_works_as_soon_as_it_is_saved_and_stops_when_it_is_deleted(shop):
    api, desk = Api(), Api(make_grower())
    before = api(SEARCH, query="灯芯宝")["search"]["help"]

    saved = desk(SAVE, input={"line": "灯芯宝 > 吊燈"})["saveSynonym"]["synonym"]
    during = api(SEARCH, query="灯芯宝")
    desk(DELETE, input={"id": saved["id"]})

    assert before in {"RELATED", "POPULAR", "FEWER_WORDS", "FEW"}
    assert slugs(during)[0] == "pendant"
    assert api(SEARCH, query="灯芯宝")["search"]["help"] == before


@pytest.mark.parametrize(
    "line", ["", "a", " = ", "a = a", "a > ", ", ".join("abcdefghijklmnopqrstuvwxyz") + " = z", "x" * 41 + " = y"]
)
def test_a_line_that_says_nothing_is_refused_and_not_kept(db, line):
    answer = Api(make_grower())(SAVE, input={"line": line})["saveSynonym"]

    assert [error["code"] for error in answer["errors"]] == ["SYNONYM_UNREADABLE"]
    assert not Synonym.objects.exists()


def test_the_desk_sees_what_was_not_found(shop):
    Api(visitor="a" * 22)(NOTE, input={"words": "xyzzyqq"})

    report = Api(make_grower())(REPORT)["searchReport"]

    assert SearchQuery.objects.count() == report["searches"] == report["withoutFinds"]
    assert [each["words"] for each in report["missing"]] == ["xyzzyqq"]


LEARNING = """query ($words: String!) { searchLearning { isOn wishes { words products openings } }
  searchLearnt(words: $words) { step lift peopleOpened product { slug } } }"""
SWITCH = """mutation ($input: SwitchLearningInput!) { switchLearning(input: $input) { isOn errors { code } } }"""
OPEN = """mutation ($input: OpenPlacementInput!) { openPlacement(input: $input) {
  placement { id state words openingsCount product { slug } } errors { code field } } }"""
STOP = """mutation ($input: StopPlacementInput!) { stopPlacement(input: $input) {
  placement { state } errors { code } } }"""
OPENED = """mutation ($input: NotePlacementOpenedInput!) { notePlacementOpened(input: $input) { isNoted } }"""
SPONSORED = """{ search(query: "灯", first: 20) { sponsored { id place product { slug } } leftOut
  finds { edges { node { product { slug } } } } } }"""


def test_the_desk_sees_what_was_learnt_and_switches_it_off(shop):
    for number in range(6):
        who = Api(visitor=f"visitor{number}".ljust(22, "x"))
        who(NOTE, input={"words": "灯"})
        who(
            "mutation ($input: NoteOpeningInput!) { noteOpening(input: $input) { isNoted } }",
            input={"words": "灯", "productId": str(shop["pendant"].pk), "isAsFound": True},
        )
    learn_order(now=clock.now())
    desk = Api(make_grower())

    learnt = desk(LEARNING, words="燈")
    off = desk(SWITCH, input={"isOn": False})["switchLearning"]

    assert learnt["searchLearning"]["wishes"] == [{"words": "灯", "products": 2, "openings": 6}]
    assert learnt["searchLearnt"][0]["product"]["slug"] == "pendant"
    assert learnt["searchLearnt"][0]["peopleOpened"] == 6
    assert (off["isOn"], desk(LEARNING, words="燈")["searchLearnt"]) == (False, [])


def test_a_placement_is_marked_counted_and_stopped(shop):
    for number in range(24):
        make_product(slug=f"lamp-{number}", title=texts(f"台灯 {number}", None, f"Lamp {number}"))
    index_everything()
    now, desk = clock.now(), Api(make_grower())
    shown = slugs(Api()(SPONSORED))
    product = Product.objects.filter(slug__startswith="lamp-").exclude(slug__in=shown).first()
    times = {"startsAt": now.isoformat(), "endsAt": (now + timedelta(days=7)).isoformat()}

    opened = desk(OPEN, input={"productId": str(product.pk), "words": ["燈"], **times})["openPlacement"]["placement"]
    (placed,) = Api()(SPONSORED)["search"]["sponsored"]
    noted = Api(visitor="v" * 22)(OPENED, input={"id": placed["id"]})["notePlacementOpened"]["isNoted"]
    stopped = desk(STOP, input={"id": opened["id"]})["stopPlacement"]["placement"]["state"]

    assert (opened["state"], placed["place"], placed["product"]["slug"]) == ("RUNNING", 4, product.slug)
    assert (noted, stopped) == (True, "STOPPED")
    assert Api()(SPONSORED)["search"]["sponsored"] == []


def test_a_placement_for_nothing_is_refused(shop):
    now = clock.now()
    times = {"startsAt": now.isoformat(), "endsAt": (now + timedelta(days=7)).isoformat()}

    answer = Api(make_grower())(OPEN, input={"productId": str(shop["dress"].pk), "words": [" "], **times})

    assert [each["code"] for each in answer["openPlacement"]["errors"]] == ["PLACEMENT_FOR_NOTHING"]
    assert not Placement.objects.exists()


def test_what_is_left_out_is_said_in_the_script_of_the_reader(shop):
    answer = Api(locale="zh-Hant")(
        """{ search(query: "灯 不要吊灯") { leftOut finds { edges { node { product { slug } } } } } }"""
    )

    assert (answer["search"]["leftOut"], slugs(answer)) == (["吊燈"], ["lantern"])


NEEDS = (
    """query ($kind: SearchNeedKind!) { searchNeeds(kind: $kind) { code says finds shelves isOn isOwn isShipped } }"""
)
SAVE_NEED = """mutation ($input: SaveNeedInput!) { saveNeed(input: $input) { need { code isOwn isShipped }
  errors { code field } } }"""
RESET_NEED = """mutation ($input: ResetNeedInput!) { resetNeed(input: $input) { isReset errors { code } } }"""
MEANT = """{ searchAssociations { id words also people peopleGivenUp state } }"""
RULE = """mutation ($input: RuleAssociationInput!) { ruleAssociation(input: $input) { isOn errors { code } } }"""
FIX = (
    """mutation ($input: FixAssociationInput!) { fixAssociation(input: $input) { synonym { line } errors { code } } }"""
)
ALSO = """query ($query: String!) { search(query: $query) { help alsoFor } }"""


def test_a_need_of_the_desk_works_as_soon_as_it_is_saved_and_is_reset(shop):
    api = Api(make_grower())
    text = {"kind": "SEASON", "says": ["脖子…冷"], "finds": ["草莓"], "shelves": [], "attributes": [], "isOn": True}

    saved = api(SAVE_NEED, input={"code": "cold-neck", **text})["saveNeed"]
    found = slugs(Api()(SEARCH, query="脖子很冷"))
    own = [row for row in api(NEEDS, kind="SEASON")["searchNeeds"] if row["isOwn"]]
    reset = api(RESET_NEED, input={"code": "cold-neck"})["resetNeed"]

    assert saved["need"] == {"code": "cold-neck", "isOwn": True, "isShipped": True}
    assert (found[0], [row["code"] for row in own]) == ("strawberries", ["cold-neck"])
    assert reset["isReset"]
    assert slugs(Api()(SEARCH, query="脖子很冷"))[0] == "scarf"


def test_a_need_without_an_answer_is_refused_and_not_kept(db):
    text = {"kind": "SEASON", "says": ["脖子冷"], "finds": [], "shelves": [], "attributes": [], "isOn": True}

    answer = Api(make_grower())(SAVE_NEED, input=text)["saveNeed"]

    assert answer == {"need": None, "errors": [{"code": "NEED_UNREADABLE", "field": "finds"}]}
    assert not Need.objects.exists()


def test_the_desk_sees_what_people_meant_hides_it_and_makes_a_synonym_of_it(shop):
    now = clock.now() - timedelta(hours=2)
    for number in range(5):
        visitor = f"visitor-{number}"
        note_search(words="宅家神器", locale="zh-Hans", person_id=None, visitor=visitor, now=now)
        note_search(words="吊灯", locale="zh-Hans", person_id=None, visitor=visitor, now=now + timedelta(minutes=1))
        note_opening(
            words="吊灯", product_id=shop["pendant"].pk, person_id=None, visitor=visitor, now=now + timedelta(minutes=1)
        )
    learn_order(now=clock.now())
    api = Api(make_grower())

    (row,) = api(MEANT)["searchAssociations"]
    shown = Api(locale="zh-Hant")(ALSO, query="宅家神器")["search"]
    hidden = api(RULE, input={"id": row["id"], "isOn": False})["ruleAssociation"]
    fixed = api(FIX, input={"id": row["id"]})["fixAssociation"]

    assert (row["words"], row["also"], row["people"], row["state"]) == ("宅家神器", "吊灯", 5, "ON")
    assert shown == {"help": "LEARNT", "alsoFor": ["吊燈"]}
    assert (hidden["isOn"], fixed["synonym"]["line"]) == (False, "宅家神器 > 吊灯")
    assert api(MEANT)["searchAssociations"][0]["state"] == "FIXED"
    assert Api()(ALSO, query="宅家神器")["search"]["alsoFor"] == []


@pytest.mark.parametrize("who", [None, "person"])
def test_needs_and_what_people_meant_are_closed_to_others(db, who):
    api = Api(make_person()) if who else Api()

    assert set(api.codes(NEEDS, kind="SEASON")) <= {"SIGN_IN_REQUIRED", "NOT_ALLOWED"}
    assert set(api.codes(MEANT)) <= {"SIGN_IN_REQUIRED", "NOT_ALLOWED"}
