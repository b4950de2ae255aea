"""Making accounts."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from backend.accounts.actions import enter_with_contact, forget_unproven, set_phone, sign_up, welcome_if_new
from backend.accounts.errors import ContactTaken
from backend.accounts.models import Profile, User
from backend.accounts.rules import FACES
from backend.core.errors import InvalidInput
from backend.core.models import OutboxEvent
from tests.factories.accounts import LONG_AGO, make_person

pytestmark = pytest.mark.django_db


def test_a_new_account_has_a_name_a_face_and_tells_of_the_visit_that_led_to_it() -> None:
    user = sign_up(phone="138 0013 8000", locale="zh-Hant", visitor="a-token", now=LONG_AGO)

    profile = Profile.objects.get(pk=user.pk)
    assert user.phone == "+8613800138000"
    assert profile.display_name
    assert profile.face in FACES
    assert profile.locale == "zh-Hant"
    told = OutboxEvent.objects.get(name="PersonSignedUp")
    assert told.payload["visitor"] == "a-token"


def test_an_email_or_phone_belongs_to_one_account() -> None:
    make_person(email="carol@example.com")

    with pytest.raises(ContactTaken):
        sign_up(email="Carol@Example.com", locale="en", now=LONG_AGO)

    assert User.objects.count() == 1
    assert OutboxEvent.objects.filter(name="PersonSignedUp").count() == 1


def test_an_account_without_email_and_phone_is_refused() -> None:
    with pytest.raises(InvalidInput):
        sign_up(locale="en", now=LONG_AGO)

    assert not User.objects.exists()


def test_the_database_keeps_contacts_lower_case_and_unique() -> None:
    bob = make_person(email="bob@example.com")

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=bob.pk).update(email="Bob@example.com")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=bob.pk).update(phone="13800138000")


def test_who_proves_a_contact_gets_its_account_and_the_squatters_password_is_gone() -> None:
    squatted = User(email="carol@example.com", date_joined=LONG_AGO)
    squatted.set_password("known to Mallory")
    squatted.save()

    carol = enter_with_contact(email="carol@example.com", phone=None, locale="en", now=LONG_AGO)

    assert carol.pk == squatted.pk
    assert not carol.has_usable_password()
    assert EmailAddress.objects.get(user=carol).verified
    assert Profile.objects.filter(pk=carol.pk).exists()


def test_a_proven_account_keeps_its_password_when_it_comes_in_by_code() -> None:
    carol = make_person(email="carol@example.com", password="a long secret")

    entered = enter_with_contact(email="carol@example.com", phone=None, locale="en", now=LONG_AGO)

    assert entered.pk == carol.pk
    assert entered.check_password("a long secret")


def test_somebody_is_welcomed_once() -> None:
    bob = make_person()

    again = welcome_if_new(user_id=bob.pk, locale="en", now=LONG_AGO)

    assert again.pk == bob.pk
    assert OutboxEvent.objects.filter(name="PersonSignedUp").count() == 1


def test_a_phone_number_of_another_account_is_refused() -> None:
    make_person(phone="+8613800138000")
    mallory = make_person(email="mallory@example.com")

    with pytest.raises(ContactTaken):
        set_phone(user_id=mallory.pk, phone="13800138000", is_verified=True, now=LONG_AGO)

    mallory.refresh_from_db()
    assert mallory.phone is None


def test_accounts_that_prove_nothing_are_forgotten_after_a_day() -> None:
    User.objects.create(email="nobody@example.com", date_joined=LONG_AGO)
    kept = make_person(now=LONG_AGO)

    assert forget_unproven(now=LONG_AGO + timedelta(hours=23)) == 0
    assert forget_unproven(now=LONG_AGO + timedelta(hours=25)) == 1

    assert list(User.objects.all()) == [kept]
