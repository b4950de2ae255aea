"""Which phones and names can be right."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.accounts.rules import (
    FACES,
    NAME_LENGTH,
    hidden_email,
    hidden_phone,
    is_mobile,
    normal_phone,
    tidy,
    welcome_face,
    welcome_name,
)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("13800138000", "+8613800138000"),
        ("138 0013 8000", "+8613800138000"),
        ("138-0013-8000", "+8613800138000"),
        ("+86 138 0013 8000", "+8613800138000"),
        ("008613800138000", "+8613800138000"),
        ("8613800138000", "+8613800138000"),
        ("１３８００１３８０００", "+8613800138000"),
        ("+852 6123 4567", "+85261234567"),
        ("+886 912 345 678", "+886912345678"),
        ("+853 6612 3456", "+85366123456"),
    ],
)
def test_a_mobile_number_has_one_form_however_it_is_written(written: str, normal: str) -> None:
    assert normal_phone(written) == normal
    assert is_mobile(normal)


@pytest.mark.parametrize(
    "written", ["", "12345", "0571-88888888", "23800138000", "138001380001", "hello", "+0123456789"]
)
def test_what_cannot_be_a_phone_number_is_not_one(written: str) -> None:
    assert normal_phone(written) is None


@pytest.mark.parametrize("landline", ["+8657188888888", "+12025550123"])
def test_text_messages_reach_only_mobiles_of_our_regions(landline: str) -> None:
    assert normal_phone(landline) == landline
    assert not is_mobile(landline)


@given(st.text())
def test_a_tidy_line_holds_nothing_invisible_and_stays_tidy(text: str) -> None:
    tidied = tidy(text)

    assert tidy(tidied) == tidied
    assert not any(letter in tidied for letter in "\n\r\t\u200b\u202e\x00")


@given(st.uuids(), st.sampled_from(["zh-Hans", "zh-Hant", "en"]))
def test_a_welcome_name_and_face_always_fit(user_id: uuid.UUID, locale: str) -> None:
    assert 2 <= len(welcome_name(user_id, locale)) <= NAME_LENGTH
    assert welcome_face(user_id) in FACES


def test_contacts_are_hidden_but_for_their_ends() -> None:
    assert hidden_email("xiaoman@example.com") == "x***@example.com"
    assert hidden_phone("+8613800138000") == "+86138****8000"
