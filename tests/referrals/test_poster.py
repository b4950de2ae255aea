"""Posters and short links as browsers and crawlers meet them."""

import io
from typing import Any

import pytest
import zxingcpp
from django.utils import translation
from PIL import Image

from referrals.invites.actions import create_share_link
from referrals.invites.models import Click, LinkKind
from referrals.invites.poster import PosterText, draw_poster
from referrals.invites.poster.canvas import font, wrap
from referrals.invites.poster.composing import compose
from tests.factories.groupbuy import hold, make_group
from tests.factories.membership import make_person
from tests.factories.referrals import make_link

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"


def text(**changes: Any) -> PosterText:
    words: dict[str, Any] = {
        "brand": "团子",
        "title": "多肉小院 8 盆混搭 陶盆带土",
        "price": "39.9",
        "tag": "5 人团价",
        "single_price": "单买 ¥59.9",
        "seats_left_label": "还差",
        "seats_left": "2 人",
        "seats_count": 5,
        "invitation": "小满请你一起买",
        "closing": "今天 21:30 截止",
        "hints": ("长按或扫码入座", "没凑齐自动全额退"),
        "address": "https://tuanzi.example/s/ABCD2345",
    }
    return PosterText(**(words | changes))


def test_a_poster_is_a_picture_of_750_by_1200():
    picture = Image.open(io.BytesIO(draw_poster(text())))

    assert (picture.format, picture.size) == ("PNG", (750, 1200))


def test_the_code_on_a_poster_leads_to_the_link():
    picture = Image.open(io.BytesIO(draw_poster(text())))

    assert [code.text for code in zxingcpp.read_barcodes(picture)] == ["https://tuanzi.example/s/ABCD2345"]


def test_every_language_has_its_letters_in_the_typeface():
    for traditional, letters in ((False, "团还差邻里满"), (True, "團還差鄰里滿")):
        face = font(40, traditional=traditional)
        missing = face.getmask("\U000f0000").getbbox()
        assert all(face.getmask(letter).getbbox() != missing for letter in letters)


def test_long_titles_break_at_phrases_and_end_with_an_ellipsis():
    face = font(38, bold=True)

    lines = wrap("云南高山小粒咖啡挂耳 二十包装 中深烘焙 " * 4, face_=face, width=670, most=2)

    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(face.getlength(line) <= 670 for line in lines)


def test_a_poster_without_a_product_shows_the_person():
    face = Image.new("RGB", (200, 200), "#123456")

    picture = Image.open(io.BytesIO(draw_poster(text(picture=None, owner_face=face, seats_count=0))))

    assert picture.convert("RGB").getpixel((375, 322)) == (0x12, 0x34, 0x56)


@pytest.mark.django_db
def test_a_held_seat_is_still_missing_on_the_poster():
    group = make_group(size=2)
    hold(group)
    link = create_share_link(owner_id=group.leader_id, kind=LinkKind.GROUP, target_id=group.id, now=group.opened_at)

    with translation.override("en"):
        words = compose(link, address="https://shop.example/s/x", locale="en", now=group.opened_at)

    assert (words.seats_left_label, words.seats_left) == ("still missing", "1 person")


@pytest.mark.django_db
class TestShortLink:
    def test_a_person_is_sent_on_and_counted(self, client):
        link = make_link(make_person("Ali"))

        answer = client.get(f"/s/{link.code}", headers={"user-agent": PHONE})

        visitor = answer.cookies["tz_visitor"].value
        assert answer.status_code == 302
        assert answer["Location"] == f"{link.path}?via={link.code}&v={visitor}"
        assert Click.objects.get().is_bot is False

    def test_a_visitor_stays_who_they_are(self, client):
        link = make_link(make_person("Ali"))
        for _ in range(2):
            client.get(f"/s/{link.code}", headers={"user-agent": PHONE})

        assert Click.objects.values("visitor").distinct().count() == 1

    def test_a_token_carried_from_another_app_is_kept(self, client):
        link, carried = make_link(make_person("Ali")), "f" * 32

        client.get(f"/s/{link.code}?v={carried}", headers={"user-agent": PHONE})

        assert Click.objects.get().visitor == carried

    def test_a_crawler_gets_title_and_picture_and_is_not_counted(self, client):
        link = make_link(make_person("Ali"))

        answer = client.get(f"/s/{link.code}", headers={"user-agent": "facebookexternalhit/1.1"})

        assert 'property="og:image"' in answer.content.decode()
        assert Click.objects.get().is_bot is True

    @pytest.mark.parametrize("path", ["/s/NOSUCH22", "/poster/NOSUCH22.png", "/qr/NOSUCH22.svg"])
    def test_an_unknown_code_is_not_found(self, client, path):
        assert client.get(path).status_code == 404

    @pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
    def test_a_poster_comes_in_every_language(self, client, language):
        link = make_link(make_person("Ali"))

        answer = client.get(f"/poster/{link.code}.png?lang={language}")

        assert answer["Content-Type"] == "image/png"
        assert Image.open(io.BytesIO(answer.content)).size == (750, 1200)

    def test_the_code_comes_as_a_drawing(self, client):
        link = make_link(make_person("Ali"))

        assert client.get(f"/qr/{link.code}.svg")["Content-Type"] == "image/svg+xml"
