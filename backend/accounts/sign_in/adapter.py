"""What allauth asks of this shop: how people are stored, reached and found."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import override

from backend.accounts.actions import set_phone, welcome_if_new
from backend.accounts.models import User
from backend.accounts.selectors import person_by_phone, public_people
from backend.accounts.sign_in.fields import MobileField, mobile
from backend.accounts.sign_in.texts import (
    CODE_MINUTES,
    Letter,
    code_letter,
    known_account_letter,
    unknown_account_letter,
)
from backend.core.clock import now
from backend.core.languages import django_language, locale_of

VISITOR_COOKIE = "tz_visitor"
ACCOUNT_EXISTS = "account/email/account_already_exists"
ACCOUNT_UNKNOWN = "account/email/unknown_account"


class PeopleAdapter(DefaultAccountAdapter):
    """Accounts with an email or a phone number; codes leave through the sender that the settings name."""

    def new_user(self, request: HttpRequest) -> User:
        """Begin an account; nothing of it is public before its contact is proven."""
        return User(date_joined=now())

    def get_login_stages(self) -> list[str]:
        """Ask for the email's code only where there is an email."""
        own = "backend.accounts.sign_in.stages.MailStage"
        return [own if stage.endswith(".EmailVerificationStage") else stage for stage in super().get_login_stages()]

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Welcome the person once the email is theirs."""
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            self._welcome(request, email_address.user)
        return confirmed

    def phone_form_field(self, **options: Any) -> MobileField:
        """Take phone numbers as people write them."""
        return MobileField(**options)

    def clean_phone(self, phone: str) -> str:
        """Write a phone number in its one form."""
        return mobile(phone)

    def set_phone(self, user: User, phone: str, verified: bool) -> None:  # noqa: FBT001 - the library calls it so
        """Write a phone number down."""
        set_phone(user_id=user.pk, phone=phone, is_verified=verified, now=now())

    def set_phone_verified(self, user: User, phone: str) -> None:
        """Note that the phone number is theirs, and welcome the person."""
        set_phone(user_id=user.pk, phone=phone, is_verified=True, now=now())
        self._welcome(self.request, user)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """The phone number of an account, and whether it is proven."""
        fresh = User.objects.filter(pk=user.pk).first()
        return (fresh.phone, fresh.phone_verified_at is not None) if fresh and fresh.phone else None

    def get_user_by_phone(self, phone: str) -> User | None:
        """Find the account of a phone number."""
        return person_by_phone(phone)

    def send_verification_code_sms(self, user: User | None, phone: str, code: str, **options: Any) -> None:
        """Bring a code to a phone."""
        self._send("sms", phone, code_letter, code)

    def send_account_already_exists_sms(self, phone: str) -> None:
        """Tell the owner of a number, and only them, that there is an account."""
        self._send("sms", phone, known_account_letter)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Bring a code, or a word about the account, to a mailbox."""
        if code := context.get("code"):
            self._send("mail", email, code_letter, str(code))
        elif template_prefix == ACCOUNT_EXISTS:
            self._send("mail", email, known_account_letter)
        elif template_prefix == ACCOUNT_UNKNOWN:
            self._send("mail", email, unknown_account_letter)
        else:
            rendered = self.render_mail(template_prefix, email, {"email": email, "request": self.request, **context})
            self._send("mail", email, lambda: Letter(str(rendered.subject), str(rendered.body)))

    def _send(self, channel: str, to: str, write: Any, *arguments: str) -> None:
        with override(django_language(request_locale(self.request))):
            letter: Letter = write(*arguments)
        import_string(settings.MESSAGE_SENDER)(
            channel=channel,
            to=to,
            subject=letter.subject,
            body=letter.body,
            html=letter.html if channel == "mail" else "",
            is_secret=True,
            expires_at=now() + timedelta(minutes=CODE_MINUTES),
            now=now(),
        )

    def _welcome(self, request: HttpRequest, user: User) -> None:
        welcome_if_new(user_id=user.pk, locale=request_locale(request), visitor=visitor_of(request), now=now())


def request_locale(request: HttpRequest) -> str:
    """The language in which somebody asks."""
    return locale_of(
        cookie=request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME),
        accept_language=request.headers.get("Accept-Language"),
    )


def visitor_of(request: HttpRequest) -> str:
    """The mark that an invitation left in the browser, as it is; signing in does not touch it."""
    return request.COOKIES.get(VISITOR_COOKIE, "")


def display_name(user: User) -> str:
    """The name under which the front end greets somebody."""
    person = public_people([user.pk]).get(user.pk)
    return person["name"] if person else ""
