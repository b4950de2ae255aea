"""The way out: text messages by HTTP, mail by SMTP. In the demo both end in the sandbox of this package."""

import smtplib

import httpx
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from backend.messaging.errors import ReceiverRefused
from backend.messaging.models import OutgoingMessage

SECONDS = 5.0
MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
PERMANENT = 500


def send(message: OutgoingMessage) -> None:
    """Hand one message to the gateway, under its own id, so that a repetition is taken once.

    Raises: ReceiverRefused.
    """
    if message.channel == OutgoingMessage.Channel.SMS:
        _send_text(message)
    else:
        _send_mail(message)


def newest_messages(*, receiver: str = "", limit: int = 60) -> list[dict[str, str]]:
    """What the sandbox has taken lately, newest first."""
    wanted: dict[str, str | int] = {"to": receiver, "limit": limit}
    answer = httpx.get(f"{settings.GATEWAY_URL}/messages", params=wanted, timeout=SECONDS, trust_env=False)
    answer.raise_for_status()
    messages: list[dict[str, str]] = answer.json()["messages"]
    return messages


def _send_text(message: OutgoingMessage) -> None:
    text = {"id": str(message.id), "to": message.to, "text": message.body}
    answer = httpx.post(f"{settings.GATEWAY_URL}/sms", json=text, timeout=SECONDS, trust_env=False)
    if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
        raise ReceiverRefused
    answer.raise_for_status()


def _send_mail(message: OutgoingMessage) -> None:
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body,
        to=[message.to],
        headers={"Message-ID": f"<{message.id}@tuanzi>"},
        connection=get_connection(MAIL_BACKEND, timeout=SECONDS),
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        if all(code >= PERMANENT for code, _ in refusal.recipients.values()):
            raise ReceiverRefused from refusal
        raise
