"""Form fields and forms of signing in."""

from typing import Any

from allauth.account.fields import PhoneField
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.accounts.rules import is_mobile, normal_phone

NOT_A_MOBILE = _("Write a mobile number, such as 138 0013 8000 or +852 6123 4567.")


class MobileField(PhoneField):
    """A mobile number, written as people write it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"validators": []} | options)

    def clean(self, value: Any) -> str:
        """Give the number in its international form."""
        text = super(PhoneField, self).clean(value)
        return mobile(text) if text else ""


class ContactForm(forms.Form):
    """What every sign-up asks: an email or a phone number, not both, and at least one."""

    def full_clean(self) -> None:
        """Let a phone number stand in for the email."""
        self.fields["email"].required = False
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Refuse a sign-up without anything to reach the person by."""
        given = super().clean() or {}
        if not self.errors and bool(given.get("email")) == bool(given.get("phone")):
            raise ValidationError(_("Give either an email or a phone number."), code="select_only_one")
        return given

    def signup(self, request: HttpRequest, user: User) -> None:
        """Nothing more to do: the adapter has written the account."""


def mobile(text: str) -> str:
    """Give a mobile number in its international form, or refuse it."""
    number = normal_phone(text)
    if number is None or not is_mobile(number):
        raise ValidationError(NOT_A_MOBILE, code="invalid_phone")
    return number
