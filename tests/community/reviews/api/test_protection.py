"""Anybody reads how buyers are protected; nothing is claimed that is not set up or counted."""

import pytest

from community.reviews.models import Review
from tests.factories.reviews import make_review
from tests.support.api import Api

pytestmark = pytest.mark.django_db
QUERY = """{ buyerProtection {
    isEncrypted licenceNumber recordNumber noReasonDays waysToPay { name isPractice }
    refunds { finished grantedShare medianHours } reviews { counted lowStars notCounted waiting removed }
} }"""


def test_anybody_reads_what_is_set_up_and_counted(settings):
    settings.SITE_URL, settings.SHOP_LICENCE_NUMBER, settings.SHOP_RECORD_NUMBER = "http://shop.test", "", "浙B2-1"
    make_review(stars=2)
    Review.objects.filter(pk=make_review(body="锅很重，炒菜不粘，手柄不烫。").pk).update(visibility="PENDING")

    answer = Api().payload(QUERY)

    assert answer["isEncrypted"] is False
    assert (answer["licenceNumber"], answer["recordNumber"], answer["noReasonDays"]) == ("", "浙B2-1", 7)
    assert answer["refunds"] == {"finished": 0, "grantedShare": None, "medianHours": None}
    assert answer["reviews"] == {"counted": 1, "lowStars": 1, "notCounted": 0, "waiting": 1, "removed": 0}
