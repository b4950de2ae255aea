"""The three addresses of the one code; every other address is allauth's own."""

from http import HTTPStatus
from typing import Any

from allauth.account.internal.constants import LoginStageKey
from allauth.account.stages import LoginStageController
from allauth.core.exceptions import RateLimited
from allauth.headless.account.views import ConfirmLoginCodeView, RequestLoginCodeView, ResendLoginCodeView
from allauth.headless.base.response import AuthenticationResponse, ConflictResponse, RateLimitResponse
from allauth.headless.internal import authkit
from allauth.headless.internal.restkit.response import APIResponse
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from backend.accounts.sign_in.codes import OneCodeProcess


class AskForCode(RequestLoginCodeView):
    """Send a code to an email or a phone number, known or not."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Begin with a fresh code."""
        if request.user.is_authenticated:
            return ConflictResponse(request)
        given = self.input.cleaned_data
        if not given.get("email") and not given.get("phone"):
            return APIResponse(request, status=HTTPStatus.BAD_REQUEST)
        OneCodeProcess.begin(request=request, email=given.get("email") or None, phone=given.get("phone") or None)
        return AuthenticationResponse(request)


class AskAgain(ResendLoginCodeView):
    """Send another code to the same contact."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send it, a few times at most."""
        stage = LoginStageController.enter(request, LoginStageKey.LOGIN_BY_CODE)
        process = OneCodeProcess.resume(stage) if stage else None
        if process is None or not process.can_resend:
            return ConflictResponse(request)
        try:
            process.resend()
        except RateLimited:
            return RateLimitResponse(request)
        return APIResponse(request)


class ShowCode(ConfirmLoginCodeView):
    """Prove a contact by its code, and come in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the code that was sent to this browser."""
        self.stage = authkit.AuthenticationStatus(request).get_pending_stage()
        if self.stage is None or self.stage.key != LoginStageKey.LOGIN_BY_CODE:
            return ConflictResponse(request)
        self.process = OneCodeProcess.resume(self.stage)
        if self.process is None:
            return ConflictResponse(request)
        return super(ConfirmLoginCodeView, self).dispatch(request, *args, **kwargs)
