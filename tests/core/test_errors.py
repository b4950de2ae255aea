from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from backend.core.errors import (
    DomainError,
    InvalidInput,
    KeyReused,
    NotAllowed,
    NotFound,
    SignInRequired,
    TooManyRequests,
)
from backend.core.money import Money


class PriceHasChanged(DomainError):
    message = _("The price is now %(new_total)s. Look at it again.")
    field = "quote"
    new_total: Money
    seen_at: datetime
    offer_id: UUID


def test_a_refusal_has_a_code_a_text_and_public_details():
    refusal = PriceHasChanged(new_total=Money(990), seen_at=datetime(2026, 5, 1, tzinfo=UTC), offer_id=UUID(int=7))

    assert refusal.code == PriceHasChanged.error_code() == "PRICE_HAS_CHANGED"
    assert refusal.field == "quote"
    assert refusal.new_total == Money(990)
    assert refusal.details == {
        "newTotal": {"minor": 990, "currency": "CNY"},
        "seenAt": "2026-05-01T00:00:00+00:00",
        "offerId": "00000000-0000-0000-0000-000000000007",
    }


def test_a_refusal_carries_only_what_it_says_it_carries():
    with pytest.raises(TypeError, match="does not carry colour"):
        PriceHasChanged(colour="red")


def test_the_message_is_filled_and_translated_when_it_is_read():
    refusal = TooManyRequests(retry_after_seconds=30)
    low = PriceHasChanged(new_total=Money(905))

    with translation.override("en"):
        assert str(low.message) == "The price is now ¥9.05. Look at it again."
        english = str(refusal.message)
    with translation.override("zh-hans"):
        simplified = str(refusal.message)
    with translation.override("zh-hant"):
        traditional = refusal.text

    assert english == "Too many attempts. Wait a moment and try again."
    assert len({english, simplified, traditional}) == 3


def test_invalid_input_names_the_field_and_says_what_is_wrong():
    assert InvalidInput("phone").field == "phone"
    assert InvalidInput("phone", "Eleven digits.").text == "Eleven digits."


def test_every_general_refusal_has_its_code():
    codes = {kind.error_code() for kind in (NotFound, NotAllowed, SignInRequired, InvalidInput, KeyReused)}

    assert codes == {"NOT_FOUND", "NOT_ALLOWED", "SIGN_IN_REQUIRED", "INVALID_INPUT", "KEY_REUSED"}
