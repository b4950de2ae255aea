"""Passkeys: real signatures of a software authenticator, and everything that must not pass for one."""

import json
import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from backend.accounts.actions import (
    add_passkey,
    choose_confirm_from,
    open_challenge,
    prove_by_code,
    prove_by_passkey,
    remove_passkey,
    rename_passkey,
    send_proof_code,
    use_proof,
)
from backend.accounts.actions.challenges import MOST_IN_A_WHILE
from backend.accounts.authenticators import ask_to_make, ask_to_sign
from backend.accounts.errors import (
    ChallengeOver,
    CodeWrong,
    PasskeyDoubted,
    PasskeyKnown,
    PasskeyRefused,
    ProofNeeded,
)
from backend.accounts.models import Aim, Challenge, ConfirmChoice, Passkey, Proof
from backend.accounts.rules import SECURITY, about_payment
from backend.accounts.selectors import confirm_from
from backend.core.errors import InvalidInput, NotFound, TooManyRequests
from backend.messaging.models import Notification, OutgoingMessage
from tests.factories.accounts import make_person
from tests.factories.orders import LATER, NOON
from tests.support.authenticator import Authenticator
from tests.support.races import all_at_once


@pytest.fixture(autouse=True)
def site(settings):
    settings.PASSKEY_HOST = "127.0.0.1"
    settings.PASSKEY_ORIGINS = ["http://127.0.0.1:8000"]


def added(person, device: Authenticator, *, name: str = "手机", now=NOON) -> Passkey:
    challenge = open_challenge(user_id=person.id, aim=Aim.ADD, now=now)
    options = ask_to_make(word=challenge.word, user_id=person.id.bytes, name="x", known=[])
    answer = device.make(options)
    return add_passkey(user_id=person.id, challenge_id=challenge.id, answer=answer, name=name, now=now)


def asked(person, *, about: str = SECURITY, now=NOON) -> tuple[Challenge, dict[str, Any]]:
    challenge = open_challenge(user_id=person.id, aim=Aim.PROVE, about=about, now=now)
    return challenge, ask_to_sign(word=challenge.word, known=[])


def proven(person, device: Authenticator, *, about: str = SECURITY, now=NOON) -> Proof:
    challenge, options = asked(person, about=about, now=now)
    return prove_by_passkey(user_id=person.id, challenge_id=challenge.id, answer=device.sign(options), now=now)


@pytest.mark.django_db
def test_a_passkey_is_kept_proves_its_owner_and_is_told_of(deliver_outbox):
    bob, device = make_person("Bob"), Authenticator()

    passkey = added(bob, device)
    proof = proven(bob, device)
    deliver_outbox()

    passkey.refresh_from_db()
    assert (passkey.name, passkey.sign_count, passkey.used_at) == ("手机", 1, NOON)
    assert (proof.about, proof.by_passkey) == (SECURITY, True)
    assert Notification.objects.get().kind == "payments.passkey_added"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "http://evil.example"},
        {"host": "evil.example"},
        {"verifies": False},
    ],
)
def test_another_address_another_host_and_nobody_looked_at_are_refused(wrong):
    bob = make_person("Bob")
    with pytest.raises(PasskeyRefused):
        added(bob, Authenticator(**wrong))
    assert not Passkey.objects.exists()
    device = Authenticator()
    added(bob, device)
    for name, value in wrong.items():
        setattr(device, name, value)

    with pytest.raises(PasskeyRefused):
        proven(bob, device)

    assert not Proof.objects.exists()


@pytest.mark.django_db
def test_a_signature_of_another_key_over_another_word_or_no_answer_at_all_is_refused():
    bob, device = make_person("Bob"), Authenticator()
    added(bob, device)
    thief = Authenticator(credential_id=device.credential_id)
    with pytest.raises(PasskeyRefused):
        proven(bob, thief)
    challenge, _options = asked(bob)
    _other, options = asked(bob)
    for answer in (device.sign(options), {}, {"response": 1}, {"id": "x", "rawId": "x", "response": {}}):
        with pytest.raises(PasskeyRefused):
            prove_by_passkey(user_id=bob.id, challenge_id=challenge.id, answer=answer, now=NOON)

    assert not Proof.objects.exists()


@pytest.mark.django_db
def test_a_challenge_is_good_once_for_minutes_and_for_its_owner():
    bob, mallory, device = make_person("Bob"), make_person("Mallory"), Authenticator()
    added(bob, device)
    challenge, options = asked(bob)
    answer = device.sign(options)

    for who, when in ((mallory, NOON), (bob, NOON + timedelta(minutes=5))):
        with pytest.raises(ChallengeOver):
            prove_by_passkey(user_id=who.id, challenge_id=challenge.id, answer=answer, now=when)
    prove_by_passkey(user_id=bob.id, challenge_id=challenge.id, answer=answer, now=NOON)
    with pytest.raises(ChallengeOver):
        prove_by_passkey(user_id=bob.id, challenge_id=challenge.id, answer=answer, now=NOON)

    assert Proof.objects.count() == 1


@pytest.mark.django_db
def test_nobody_asks_without_end():
    bob = make_person("Bob")
    for _turn in range(MOST_IN_A_WHILE):
        asked(bob)

    with pytest.raises(TooManyRequests):
        asked(bob)


@pytest.mark.django_db
def test_a_count_that_does_not_grow_is_refused_noted_and_told(deliver_outbox):
    bob, device = make_person("Bob"), Authenticator(count=7)
    passkey = added(bob, device)
    device.count = 3

    with pytest.raises(PasskeyDoubted):
        proven(bob, device)

    passkey.refresh_from_db()
    assert (passkey.sign_count, passkey.doubted_at) == (7, NOON)
    device.count = 100
    with pytest.raises(PasskeyDoubted):
        proven(bob, device)
    deliver_outbox()
    assert Notification.objects.filter(kind="payments.passkey_doubted").count() == 1
    assert not Proof.objects.exists()


@pytest.mark.django_db
def test_a_device_without_a_count_is_taken_as_long_as_it_has_none():
    bob, device = make_person("Bob"), Authenticator(count=-1)
    device.count = 0
    added(bob, device)
    device.count = -1

    assert proven(bob, device).by_passkey


@pytest.mark.django_db
def test_a_second_passkey_a_removal_and_the_amount_need_a_fresh_proof_each():
    bob, first, second = make_person("Bob"), Authenticator(), Authenticator()
    kept = added(bob, first)
    with pytest.raises(ProofNeeded):
        added(bob, second)
    with pytest.raises(ProofNeeded):
        remove_passkey(user_id=bob.id, passkey_id=kept.id, now=NOON)
    with pytest.raises(ProofNeeded):
        choose_confirm_from(user_id=bob.id, amount_minor=50_000, now=NOON)
    assert (Passkey.objects.count(), ConfirmChoice.objects.count()) == (1, 0)

    proven(bob, first)
    added(bob, second)
    proven(bob, first)
    choose_confirm_from(user_id=bob.id, amount_minor=50_000, now=NOON)
    proven(bob, second)
    remove_passkey(user_id=bob.id, passkey_id=kept.id, now=NOON)

    assert (Passkey.objects.count(), confirm_from(bob.id)) == (1, 50_000)
    with pytest.raises(ProofNeeded):
        use_proof(user_id=bob.id, about=SECURITY, now=NOON)


@pytest.mark.django_db
def test_a_proof_is_stale_after_minutes():
    bob, device = make_person("Bob"), Authenticator()
    kept = added(bob, device)
    proven(bob, device)

    with pytest.raises(ProofNeeded):
        remove_passkey(user_id=bob.id, passkey_id=kept.id, now=NOON + timedelta(minutes=5))

    assert Passkey.objects.count() == 1


@pytest.mark.django_db
def test_a_stranger_neither_names_nor_removes_a_passkey_and_a_name_is_a_name():
    bob, mallory, device = make_person("Bob"), make_person("Mallory"), Authenticator()
    kept = added(bob, device)
    with pytest.raises(NotFound):
        rename_passkey(user_id=mallory.id, passkey_id=kept.id, name="mine")
    with pytest.raises(NotFound):
        remove_passkey(user_id=mallory.id, passkey_id=kept.id, now=NOON)
    with pytest.raises(InvalidInput):
        rename_passkey(user_id=bob.id, passkey_id=kept.id, name=" \n ")

    assert rename_passkey(user_id=bob.id, passkey_id=kept.id, name=" 家里的 平板 ").name == "家里的 平板"


@pytest.mark.django_db
def test_a_key_belongs_to_one_account():
    bob, mallory, device = make_person("Bob"), make_person("Mallory"), Authenticator()
    added(bob, device)

    with pytest.raises(PasskeyKnown):
        added(mallory, device)

    assert Passkey.objects.get().user_id == bob.id


@pytest.mark.django_db
def test_a_code_helps_who_has_lost_the_device_and_five_wrong_ones_end_it():
    bob = make_person("Bob")
    challenge, _options = asked(bob)
    send_proof_code(user_id=bob.id, challenge_id=challenge.id, now=NOON)
    code = re.findall(r"\d{6}", OutgoingMessage.objects.get().body)[0]
    wrong = f"{(int(code) + 1) % 10**6:06d}"

    for _turn in range(4):
        with pytest.raises(CodeWrong):
            prove_by_code(user_id=bob.id, challenge_id=challenge.id, code=wrong, now=NOON)
    assert not prove_by_code(user_id=bob.id, challenge_id=challenge.id, code=code, now=NOON).by_passkey

    other, _options = asked(bob)
    send_proof_code(user_id=bob.id, challenge_id=other.id, now=NOON)
    for _turn in range(5):
        with pytest.raises(CodeWrong):
            prove_by_code(user_id=bob.id, challenge_id=other.id, code="x", now=NOON)
    with pytest.raises(ChallengeOver):
        prove_by_code(user_id=bob.id, challenge_id=other.id, code=code, now=NOON)
    assert Proof.objects.count() == 1


def post(client: Client, path: str, **body):
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    return client.post(
        f"/_allauth/browser/v1/auth/passkey/{path}",
        data=json.dumps(body),
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )


@pytest.mark.django_db
def test_a_passkey_signs_its_owner_in_once_per_challenge():
    bob, device = make_person("Bob"), Authenticator()
    added(bob, device)
    client = Client(enforce_csrf_checks=True)
    client.get("/_allauth/browser/v1/config")
    question = post(client, "ask").json()
    answer = device.sign(question["options"])

    stranger = post(client, "answer", id=question["id"], answer=Authenticator().sign(question["options"]))
    assert (stranger.status_code, stranger.json()["code"]) == (400, "PASSKEY_REFUSED")
    assert post(client, "answer", id="x", answer=answer).status_code == 400
    assert "_auth_user_id" not in client.session
    assert post(client, "answer", id=question["id"], answer=answer).json() == {"signedIn": True}
    assert client.session["_auth_user_id"] == str(bob.pk)
    again = Client()
    again.get("/_allauth/browser/v1/config")
    assert post(again, "answer", id=question["id"], answer=answer).json()["code"] == "CHALLENGE_OVER"


def use_one_proof_many_times(monkeypatch, *, guarded: bool):
    """Ten spend one proof at the same instant."""
    bob, about = make_person("Bob"), about_payment("this price")
    Proof.objects.create(user=bob, about=about, by_passkey=True, made_at=NOON, expires_at=NOON + timedelta(minutes=5))

    def read_then_write() -> None:
        proof = Proof.objects.get(user=bob, about=about)
        if proof.used_at is not None:
            raise ProofNeeded
        time.sleep(0.05)
        proof.used_at = LATER
        proof.save(update_fields=["used_at"])

    def use(number: int) -> bool:
        if guarded:
            use_proof(user_id=bob.id, about=about, now=NOON)
        else:
            read_then_write()
        return True

    return all_at_once(10, use)


def test_of_many_who_use_a_proof_at_once_one_does(fresh_database, monkeypatch):
    outcome = use_one_proof_many_times(monkeypatch, guarded=True)

    assert len(outcome.answers) == 1
    assert {type(raised) for raised in outcome.raised} == {ProofNeeded}


def test_control_read_then_write_uses_it_many_times(fresh_database, monkeypatch):
    outcome = use_one_proof_many_times(monkeypatch, guarded=False)

    assert len(outcome.answers) > 1
