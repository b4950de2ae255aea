"""What is written in the mails and text messages of signing in."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext as _

CODE_MINUTES = 5


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail, or one text message when only the body is used."""

    subject: str
    body: str
    html: str = ""


def code_letter(code: str) -> Letter:
    """Bring a code."""
    subject = _("%(code)s is your Tuanzi code") % {"code": code}
    body = _(
        "Your Tuanzi code is %(code)s. It is valid for %(minutes)s minutes. Give it to nobody, not even to us."
    ) % {
        "code": code,
        "minutes": CODE_MINUTES,
    }
    return Letter(subject, body, _page(_("Your code"), code, body))


def known_account_letter() -> Letter:
    """Tell somebody who signs up again that there is an account."""
    body = _("You already have a Tuanzi account. Choose “Sign in with a code”; no password is needed.")
    return Letter(_("You already have a Tuanzi account"), body, _page(_("Welcome back"), "", body))


def unknown_account_letter() -> Letter:
    """Tell somebody who forgot a password that there is no account."""
    body = _("There is no Tuanzi account with this address. Choose “Sign in with a code” and we make one for you.")
    return Letter(_("No Tuanzi account yet"), body, _page(_("No account yet"), "", body))


def _page(heading: str, code: str, text: str) -> str:
    figure = (
        format_html(
            '<p style="margin:16px 0;font-size:36px;font-weight:600;letter-spacing:8px;color:#C93A17">{}</p>', code
        )
        if code
        else ""
    )
    return format_html(
        '<div style="background:#FFFAF5;padding:24px;font-family:PingFang SC,Noto Sans SC,system-ui,sans-serif">'
        '<div style="max-width:420px;margin:auto;background:#FFFFFF;border-radius:16px;padding:24px;color:#1E1916">'
        '<p style="margin:0;font-size:18px;font-weight:600">团子 · {}</p>{}'
        '<p style="margin:0;font-size:14px;line-height:1.6;color:#675D56">{}</p></div></div>',
        heading,
        figure,
        text,
    )
