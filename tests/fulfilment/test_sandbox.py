"""The sandbox carriers, together with the shop and without a network."""

from collections.abc import Iterator

import httpx
import pytest
from django.conf import settings
from django.test import Client
from starlette.testclient import TestClient

from backend.core import clock
from backend.fulfilment.actions import ask_about_silent_parcels, request_labels
from backend.fulfilment.carriers.signing import SIGNATURE_HEADER, api_key
from backend.fulfilment.models import CarrierMessage, Shipment, ShipmentState, TrackingEvent
from backend.fulfilment.sandbox.configuration import Configuration
from backend.fulfilment.sandbox.courier import Courier
from backend.fulfilment.sandbox.store import Store
from backend.fulfilment.sandbox.web import application
from tests.factories.fulfilment import make_parcel
from tests.factories.payments import make_paid_order

pytestmark = pytest.mark.django_db
SECRET = settings.CARRIER_SECRETS[0]
AT_ONCE = 1e9


@pytest.fixture
def configuration(tmp_path) -> Configuration:
    return Configuration(
        0, "127.0.0.1", (SECRET,), "http://shop/fulfilment/webhook", tmp_path / "carrier.sqlite3", AT_ONCE
    )


@pytest.fixture
def store(configuration) -> Store:
    return Store(configuration.database, speed=configuration.speed)


@pytest.fixture
def pages(store, configuration, monkeypatch) -> Iterator[TestClient]:
    with TestClient(application(store, configuration), base_url="http://carrier", follow_redirects=False) as client:

        def request(method: str, url: str, **options):
            options.pop("timeout")
            return client.request(method, "/" + url.split("/", 3)[3], **options)

        monkeypatch.setattr("backend.fulfilment.carriers.sandbox.httpx.request", request)
        yield client


@pytest.fixture
def carry(store, configuration):
    """Carry what is due through the shop's real door."""

    def to_the_shop(request: httpx.Request) -> httpx.Response:
        answer = Client().post(
            request.url.path,
            data=request.content,
            content_type="application/json",
            headers={SIGNATURE_HEADER: request.headers[SIGNATURE_HEADER]},
        )
        return httpx.Response(answer.status_code, content=answer.content)

    def run() -> int:
        courier, carried = Courier(store, configuration), 0
        with httpx.Client(transport=httpx.MockTransport(to_the_shop)) as client:
            while count := courier.deliver_due(client):
                carried += count
        return carried

    return run


def _packed() -> Shipment:
    now = clock.now()
    return make_parcel(make_paid_order(now=now).order, number="", now=now)


def test_a_parcel_goes_from_the_desk_to_the_door(pages, carry):
    parcel = _packed()

    request_labels(clock=clock.now)
    assert carry() == 7

    parcel.refresh_from_db()
    assert parcel.state == ShipmentState.DELIVERED
    assert parcel.tracking_number.startswith("DE")
    assert TrackingEvent.objects.filter(shipment=parcel).count() == 7


@pytest.mark.parametrize(("knob", "value"), [("duplicate", 3), ("exception", 100)])
def test_a_carrier_that_misbehaves_confuses_nobody(pages, carry, store, knob: str, value: int):
    store.turn(knob, value)
    parcel = _packed()

    request_labels(clock=clock.now)
    carry()

    parcel.refresh_from_db()
    assert parcel.state in (ShipmentState.DELIVERED, ShipmentState.RETURNED)
    assert TrackingEvent.objects.count() == CarrierMessage.objects.count()


def test_lost_messages_are_asked_for(pages, carry, store, settings):
    store.turn("lost", 100)
    settings.CARRIER_SILENCE_SECONDS = 0
    parcel = _packed()
    request_labels(clock=clock.now)
    assert carry() == 0

    assert ask_about_silent_parcels(clock=clock.now) == 7

    parcel.refresh_from_db()
    assert parcel.state == ShipmentState.DELIVERED


def test_the_same_key_gives_the_same_number_and_no_other_parcel(pages):
    headers = {"Authorization": f"Bearer {api_key(SECRET)}", "Idempotency-Key": "key-1"}
    wanted = {"carrier": "deer", "address": {"province": "浙江省", "city": "杭州市"}, "order": "1", "pieces": 1}

    first = pages.post("/parcels", headers=headers, json=wanted).json()

    assert pages.post("/parcels", headers=headers, json=wanted).json() == first
    assert pages.post("/parcels", headers=headers, json={**wanted, "pieces": 2}).status_code == 409
    assert pages.post("/parcels", headers=headers, content=b"x").status_code == 400
    assert pages.post("/parcels", json=wanted).status_code == 401


def test_the_knobs_are_turned_on_their_page(pages, store):
    pages.post("/knobs", data={"late": "7", "unknown": "1", "lost": "x"})

    assert store.knobs()["late"] == 7
    assert "Out of order" in pages.get("/knobs").text
