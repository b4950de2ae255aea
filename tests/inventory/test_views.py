"""The doors for files of stock numbers."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from backend.inventory.models import StockImport
from backend.inventory.selectors import available_of
from tests.factories.catalogue import make_variant
from tests.factories.orders import make_buyer
from tests.factories.promotions import make_grower

pytestmark = pytest.mark.django_db
DOOR = "/stock/imports"


def browser_of(user=None):
    client = Client()
    if user is not None:
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def send(client, content, **more):
    return client.post(DOOR, {"file": SimpleUploadedFile("stock.csv", content, "text/csv"), **more})


def test_the_growth_team_sends_a_file_and_fetches_what_was_refused():
    variant, client = make_variant(stock=0), browser_of(make_grower())

    answer = send(client, f"sku,quantity\n{variant.sku},4\nnothing,1\n".encode())

    assert answer.status_code == 201
    assert (answer.json()["landed"], answer.json()["refused"]) == (1, 1)
    assert available_of([variant.pk]) == {variant.pk: 4}
    rows = client.get(f"{DOOR}/{answer.json()['id']}/refused.csv")
    assert rows.status_code == 200
    assert b"nothing,1,set,3," in b"".join(rows.streaming_content)


def test_nobody_and_a_shopper_are_turned_away_and_nothing_is_written():
    variant = make_variant(stock=0)
    content = f"sku,quantity\n{variant.sku},4\n".encode()

    assert send(browser_of(), content).status_code == 401
    assert send(browser_of(make_buyer()), content).status_code == 403
    assert not StockImport.objects.exists()
    assert available_of([variant.pk]) == {variant.pk: 0}


def test_an_unreadable_file_a_missing_file_and_a_bad_key_are_refused():
    client = browser_of(make_grower())

    assert send(client, b"\x00\x01").json()["code"] == "SHEET_REFUSED"
    assert client.post(DOOR, {}).json()["code"] == "SHEET_REFUSED"
    assert send(client, b"sku,quantity\n", key="x").json()["code"] == "INVALID_INPUT"
    assert not StockImport.objects.exists()


def test_a_file_beyond_the_limit_is_cut_off():
    client = browser_of(make_grower())

    answer = send(client, b"sku,quantity\n" + b"a" * 6_000_000)

    assert answer.status_code == 413
    assert not StockImport.objects.exists()
