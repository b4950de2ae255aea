"""Addresses that come before allauth's own of the same name."""

from allauth.headless.constants import Client
from django.urls import path

from backend.accounts.sign_in.passkeys import ask, come_in
from backend.accounts.sign_in.views import AskAgain, AskForCode, ShowCode

urlpatterns = [
    path("browser/v1/auth/code/request", AskForCode.as_api_view(client=Client.BROWSER)),
    path("browser/v1/auth/code/resend", AskAgain.as_api_view(client=Client.BROWSER)),
    path("browser/v1/auth/code/confirm", ShowCode.as_api_view(client=Client.BROWSER)),
    path("browser/v1/auth/passkey/ask", ask),
    path("browser/v1/auth/passkey/answer", come_in),
]
