"""The doors of the merchandising desk: who may, what a file really is, what a table carries."""

import csv
import io

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from backend.catalogue.actions import set_reference_price
from backend.catalogue.models import Product, StoredFile
from tests.factories.accounts import make_grower, make_person
from tests.factories.catalogue import NOON, make_category, make_product, texts
from tests.factories.merchandise import GLB, MP4, PDF, hand_in

pytestmark = pytest.mark.django_db


def client_of(person=None):
    client = Client()
    if person is not None:
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def send(client, content, name="file.bin"):
    return client.post("/catalogue/files", {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize(
    ("content", "kind"), [(PDF, "DOCUMENT"), (GLB, "MODEL"), (MP4, "VIDEO"), (b"a,b\n1,2\n", "TABLE")]
)
def test_a_file_is_what_its_first_bytes_say(content, kind):
    answer = send(client_of(make_grower()), content, name="lies.exe")

    assert answer.status_code == 201
    assert answer.json()["kind"] == kind
    assert StoredFile.objects.get().kind == kind


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00",
        b"<html><script>1</script></html>\x00",
        b"%PDF-1.4 /JavaScript (app.alert(1))",
        b"%PDF-1.4 " + b"x" * 1_048_560 + b"/Launch",
        GLB[:8] + b"\xff" + GLB[9:],
        b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40,
        MP4 + b"PK\x03\x04",
    ],
)
def test_a_file_that_is_not_what_the_shop_takes_is_refused(content):
    answer = send(client_of(make_grower()), content)

    assert answer.status_code == 422
    assert answer.json()["code"] == "FILE_REFUSED"
    assert not StoredFile.objects.exists()


def test_only_the_desk_sends_and_fetches():
    stranger = make_person("Mallory")

    for client, status in ((client_of(), 401), (client_of(stranger), 403)):
        assert send(client, PDF).status_code == status
        assert client.get("/catalogue/export.csv").status_code == status
        assert client.get(f"/catalogue/imports/{stranger.pk}/problems.csv").status_code == status
    assert not StoredFile.objects.exists()


def test_the_export_can_be_sent_back_and_changes_nothing():
    product = make_product(
        slug="honey", category=make_category(slug="jars"), variants=3, title=texts("=1+1", "@x", "-y")
    )
    set_reference_price(product_id=product.id, price_minor=5990, at=NOON, now=NOON)
    grower = make_grower()

    answer = client_of(grower).get("/catalogue/export.csv")
    table = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    done = hand_in(table.splitlines()[1:], header=table.splitlines()[0], owner_id=grower.id)

    assert [row["Title"] for row in rows] == ["'=1+1", "", ""]
    assert rows[0]["Variant Price"] == "59.90"
    assert (done.unchanged_count, done.changed_count, done.made_count, done.refused_rows) == (1, 0, 0, 0)
    assert Product.objects.get().title["zh-Hans"] == "=1+1"


def test_refused_rows_come_back_safe_to_open_with_their_reason_in_the_readers_language():
    grower = make_grower()
    done = hand_in(["=cmd|x,Title,,,,,,,,sku,,5.00,,,draft"], owner_id=grower.id)

    answer = client_of(grower).get(f"/catalogue/imports/{done.pk}/problems.csv", headers={"accept-language": "zh-CN"})
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    assert rows[0]["Handle"] == "'=cmd|x"
    assert rows[0]["行号"] == "2"
    assert "Handle" in rows[0]["原因"]
    assert "缺少" in rows[0]["原因"]
