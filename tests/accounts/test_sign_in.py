"""Signing in and up, end to end: browser, allauth, queue, worker, gateway."""

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession

from backend.accounts.actions import end_sessions
from backend.accounts.models import Profile, User
from backend.core.clock import now
from backend.core.models import OutboxEvent
from backend.messaging.models import OutgoingMessage
from tests.accounts.sign_in_client import Browser, Gateway
from tests.factories.accounts import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()


@pytest.mark.parametrize(
    ("contact", "reached"),
    [({"email": "Carol@Example.com"}, "carol@example.com"), ({"phone": "138 0013 8000"}, "+8613800138000")],
)
def test_a_code_signs_up_who_is_new_and_in_who_is_known(
    gateway: Gateway, contact: dict[str, str], reached: str
) -> None:
    first = Browser(visitor="a-visit")

    asked = first.post("/auth/code/request", **contact)
    assert asked.status_code == 401
    assert not User.objects.exists()
    shown = first.post("/auth/code/confirm", code=gateway.code_for(reached))

    assert shown.status_code == 200
    user = User.objects.get()
    assert reached in (user.email, user.phone)
    assert Profile.objects.get(pk=user.pk).display_name
    assert OutboxEvent.objects.get(name="PersonSignedUp").payload["visitor"] == "a-visit"
    assert first.client.cookies["tz_visitor"].value == "a-visit"
    assert first.session().json()["data"]["user"]["id"] == str(user.pk)

    second = Browser(address="10.9.0.2")
    second.post("/auth/code/request", **contact)
    assert second.post("/auth/code/confirm", code=gateway.code_for(reached)).status_code == 200
    assert User.objects.count() == 1


def test_a_wrong_code_signs_nobody_in_and_five_end_the_attempt(gateway: Gateway) -> None:
    browser = Browser()
    browser.post("/auth/code/request", email="carol@example.com")
    right = gateway.code_for("carol@example.com")
    wrong = "000000" if right != "000000" else "111111"

    answers = [browser.post("/auth/code/confirm", code=wrong).status_code for _ in range(5)]
    late = browser.post("/auth/code/confirm", code=right)

    assert set(answers) == {400}
    assert late.status_code == 409
    assert not User.objects.exists()


def test_a_known_and_an_unknown_contact_are_answered_alike(gateway: Gateway) -> None:
    make_person(email="known@example.com")

    answers: list[object] = []
    for email in ("known@example.com", "unknown@example.com"):
        answer = Browser(address=f"10.9.1.{len(answers)}").post("/auth/code/request", email=email)
        answers.append((answer.status_code, answer.json()))

    assert answers[0] == answers[1]
    gateway.deliver()
    assert {to for _, to, _ in gateway.taken} == {"known@example.com", "unknown@example.com"}


def test_a_code_may_be_asked_for_again_and_the_old_one_is_void(gateway: Gateway) -> None:
    browser = Browser()
    browser.post("/auth/code/request", phone="13800138000")
    old = gateway.code_for("+8613800138000")

    assert browser.post("/auth/code/resend").status_code == 200
    new = gateway.code_for("+8613800138000")

    if old != new:
        assert browser.post("/auth/code/confirm", code=old).status_code == 400
    assert browser.post("/auth/code/confirm", code=new).status_code == 200


def test_codes_are_asked_for_five_times_a_minute_at_most(gateway: Gateway) -> None:
    answers: list[object] = []
    for number in range(6):
        browser = Browser(address=f"10.9.2.{number}")
        answers.append(browser.post("/auth/code/request", email="carol@example.com").status_code)

    assert answers == [401] * 5 + [400]
    assert OutgoingMessage.objects.count() == 5


def test_a_landline_gets_no_code() -> None:
    answer = Browser().post("/auth/code/request", phone="0571-88888888")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["param"] == "phone"
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize("contact", [{"email": "carol@example.com"}, {"phone": "13800138000"}])
def test_a_password_sign_up_counts_once_its_contact_is_proven(gateway: Gateway, contact: dict[str, str]) -> None:
    browser = Browser()
    (kind, written), reached = *contact.items(), {"email": "carol@example.com", "phone": "+8613800138000"}

    asked = browser.post("/auth/signup", **contact, password="a long secret of Carol")
    assert asked.status_code == 401, asked.json()
    assert not Profile.objects.exists()
    prove = {"key" if kind == "email" else "code": gateway.code_for(reached[kind])}
    shown = browser.post(f"/auth/{kind}/verify", **prove)

    assert shown.status_code == 200, shown.json()
    assert Profile.objects.count() == 1
    other = Browser(address="10.9.3.1")
    signed_in = other.post("/auth/login", **{kind: reached[kind]}, password="a long secret of Carol")
    assert signed_in.status_code == 200, (written, signed_in.json())


def test_a_taken_email_is_told_only_to_its_owner(gateway: Gateway) -> None:
    make_person(email="carol@example.com")

    taken = Browser(address="10.9.4.1").post("/auth/signup", email="carol@example.com", password="a long secret here")
    free = Browser(address="10.9.4.2").post("/auth/signup", email="david@example.com", password="a long secret here")

    assert (taken.status_code, taken.json()) == (free.status_code, free.json())
    gateway.deliver()
    assert "已经有" in next(body for _, to, body in gateway.taken if to == "carol@example.com")


def test_a_sign_up_without_contact_or_with_a_weak_password_is_refused() -> None:
    without = Browser().post("/auth/signup", password="a long secret here")
    weak = Browser(address="10.9.4.3").post("/auth/signup", email="carol@example.com", password="12345678")

    assert (without.status_code, weak.status_code) == (400, 400)
    assert not User.objects.exists()


def test_five_wrong_passwords_close_the_door_for_a_while() -> None:
    make_person(email="carol@example.com", password="a long secret of Carol")

    for number in range(5):
        Browser(address=f"10.9.5.{number}").post("/auth/login", email="carol@example.com", password="wrong")
    answer = Browser(address="10.9.5.9").post(
        "/auth/login", email="carol@example.com", password="a long secret of Carol"
    )

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "too_many_login_attempts"


def test_a_password_may_be_set_after_signing_up_by_code(gateway: Gateway) -> None:
    browser = Browser()
    browser.post("/auth/code/request", email="carol@example.com")
    browser.post("/auth/code/confirm", code=gateway.code_for("carol@example.com"))

    answer = browser.post("/account/password/change", new_password="a long secret of Carol")

    assert answer.status_code == 200, answer.json()
    assert User.objects.get().check_password("a long secret of Carol")


def test_a_forgotten_password_is_replaced_with_a_code(gateway: Gateway) -> None:
    make_person(email="carol@example.com", password="an old secret of Carol")
    browser = Browser()

    asked = browser.post("/auth/password/request", email="carol@example.com")
    assert asked.status_code == 401
    code = gateway.code_for("carol@example.com")
    answer = browser.post("/auth/password/reset", key=code, password="a new secret of Carol")

    assert answer.status_code in (200, 401), answer.json()
    assert User.objects.get().check_password("a new secret of Carol")


def test_a_request_without_the_token_is_refused() -> None:
    browser = Browser()

    answer = browser.client.post(
        "/_allauth/browser/v1/auth/code/request", {"email": "carol@example.com"}, content_type="application/json"
    )

    assert answer.status_code == 403
    assert not OutgoingMessage.objects.exists()


def test_signing_out_and_ending_all_sessions_really_ends_them(gateway: Gateway) -> None:
    browsers = [Browser(address=f"10.9.6.{number}") for number in range(2)]
    for browser in browsers:
        browser.post("/auth/code/request", email="carol@example.com")
        browser.post("/auth/code/confirm", code=gateway.code_for("carol@example.com"))
    user = User.objects.get()

    browsers[0].delete("/auth/session")
    assert browsers[0].session().status_code == 401
    assert browsers[1].session().status_code == 200
    end_sessions(user_id=user.pk, now=now())

    assert browsers[1].session().status_code == 401
    assert not UserSession.objects.filter(user=user).exists()
    assert OutboxEvent.objects.filter(name="SessionsEnded").count() == 1


def test_a_code_is_erased_once_it_is_sent(gateway: Gateway) -> None:
    Browser().post("/auth/code/request", email="carol@example.com")

    gateway.deliver()

    message = OutgoingMessage.objects.get()
    assert (message.state, message.body, message.html) == ("sent", "", "")


@pytest.mark.parametrize(
    ("locale", "words"), [("zh-Hans", "验证码"), ("zh-Hant", "驗證碼"), ("en", "Your Tuanzi code")]
)
def test_a_code_comes_in_the_readers_language(gateway: Gateway, locale: str, words: str) -> None:
    Browser(locale=locale).post("/auth/code/request", email="carol@example.com")

    gateway.deliver()

    assert words in gateway.taken[0][2]


def test_a_phone_can_be_added_to_an_account_with_a_code(gateway: Gateway) -> None:
    browser = Browser()
    browser.post("/auth/code/request", email="carol@example.com")
    browser.post("/auth/code/confirm", code=gateway.code_for("carol@example.com"))

    asked = browser.post("/account/phone", phone="+8613800138000")
    shown = browser.post("/auth/phone/verify", code=gateway.code_for("+8613800138000"))

    assert asked.status_code == 202, asked.json()
    assert shown.status_code == 200, shown.json()
    user = User.objects.get()
    assert user.phone == "+8613800138000"
    assert user.phone_verified_at is not None
    assert EmailAddress.objects.get(user=user).verified
