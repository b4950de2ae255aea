"""What search engines find: a list of open pages, and a request to leave the others alone."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from backend.config.shell.first import product_sharing
from community.forum.models import Post, Visibility
from tests.factories.accounts import make_person
from tests.factories.catalogue import make_product
from tests.factories.community import make_post

pytestmark = pytest.mark.django_db


def get(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_robots_file_names_the_list_and_leaves_private_pages_out():
    text = get("/robots.txt")

    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert {"Disallow: /me", "Disallow: /orders", "Disallow: /graphql"} <= set(text.splitlines())
    assert "Disallow: /p" not in text.replace("/pay", "")


def test_every_list_named_by_the_index_can_be_read():
    lists = re.findall(r"<loc>http://testserver(/sitemap-\w+\.xml)</loc>", get("/sitemap.xml"))

    assert len(lists) == 6
    assert all("urlset" in get(each) for each in lists)


def test_products_on_sale_are_listed_and_drafts_are_not():
    shown, draft = make_product(), make_product(published=False)

    listed = get("/sitemap-products.xml")

    assert f"/p/{shown.slug}</loc>" in listed
    assert f"/p/{draft.slug}</loc>" not in listed


def test_posts_that_wait_for_review_are_not_listed():
    author = make_person()
    shown, waiting = make_post(author), make_post(author, topic="books")
    Post.objects.filter(pk=waiting.pk).update(visibility=Visibility.PENDING)

    listed = get("/sitemap-posts.xml")

    assert f"/post/{shown.pk}</loc>" in listed
    assert str(waiting.pk) not in listed


def test_a_product_tells_its_prices_and_its_rating_in_schema_org_words():
    variants = [
        {"price": {"minor": 1999, "currency": "CNY"}, "available": 0},
        {"price": {"minor": 2450, "currency": "CNY"}, "available": 3},
    ]
    product = {"title": "Tea </script>", "variants": variants, "ratingCount": 4, "ratingAverage": 4.5}

    sharing = product_sharing({"product": product}, lambda key: key)

    assert sharing is not None
    assert "</script>" not in sharing.facts
    facts = json.loads(sharing.facts)
    assert facts["offers"] | {"@type": ""} == {
        "@type": "",
        "offerCount": 2,
        "lowPrice": "19.99",
        "highPrice": "24.50",
        "priceCurrency": "CNY",
        "availability": "https://schema.org/InStock",
    }
    assert facts["aggregateRating"]["reviewCount"] == 4
