"""One code for signing in and up: who proves an unknown email or phone gets an account.

The steps are the same for known and unknown contacts, so nobody learns who has an account. Nothing is written
before the code is proven. A contact that somebody else wrote down and never proved goes to who proves it.
"""

from typing import Any, Self

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.userkit import user_id_to_str
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.http import HttpRequest

from backend.accounts.actions import enter_with_contact
from backend.accounts.sign_in.adapter import request_locale, visitor_of
from backend.core.clock import now


class OneCodeProcess(LoginCodeVerificationProcess):
    """allauth's sign-in by code, which also signs up."""

    @classmethod
    def begin(cls, *, request: HttpRequest, email: str | None, phone: str | None) -> Self:
        """Send a code to a contact, whether or not it is known."""
        login = Login(user=None, email=email, phone=phone)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=None, email=email, phone=phone), initiated_by_user=True)
        process = cls(stage=stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def resume(cls, stage: LoginByCodeStage) -> Self | None:
        """Go on with a code that was sent before."""
        process: Self | None = cls(stage=stage).abort_if_invalid()
        return process

    def generate_code(self) -> str:
        """Make a code; the kind of contact makes no difference."""
        code: str = get_adapter().generate_login_code()
        self.state["code"] = code
        return code

    def send_by_phone(self, phone: str, *, skip_enumeration_mails: bool = False) -> None:
        """Bring the code by text message."""
        get_adapter().send_verification_code_sms(user=None, phone=phone, code=self.generate_code())

    def send_by_email(self, email: str, *, skip_enumeration_mails: bool = False) -> None:
        """Bring the code by mail."""
        get_adapter().send_mail("account/email/login_code", email, {"code": self.generate_code()})

    def finish(self, redirect_url: str | None) -> Any:
        """Sign in who has shown the code, with a new account where there was none."""
        user = enter_with_contact(
            email=self.state.get("email"),
            phone=self.state.get("phone"),
            locale=request_locale(self.request),
            visitor=visitor_of(self.request),
            now=now(),
        )
        self._user = user
        self.state["user_id"] = user_id_to_str(user)
        return super().finish(redirect_url)
