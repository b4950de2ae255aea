"""The SMTP face of the sandbox."""

import asyncio
import email
import email.policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from backend.messaging.sandbox.store import Store

LARGEST_MAIL = 1024 * 1024


class Mailbox:
    """Takes every mail and keeps it."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - a given name
        """Take one mail, unless a knob says otherwise."""
        knobs = self.store.knobs
        await asyncio.sleep(knobs.delay_seconds)
        if knobs.is_down or self.store.is_unlucky(knobs.refuse_rate):
            return "451 Try again later"
        content = envelope.original_content or b""
        letter = email.message_from_bytes(content, policy=email.policy.default)
        for receiver in envelope.rcpt_tos:
            self.store.add(
                message_id=f"{str(letter['Message-ID'] or '').strip('<>')}:{receiver}",
                channel="mail",
                to=receiver,
                subject=str(letter["Subject"] or ""),
                body=_part(letter, "plain"),
                html=_part(letter, "html"),
            )
        if self.store.is_unlucky(knobs.lose_answer_rate):
            return "451 Taken, but you never learn it"
        return "250 Taken"


def mail_server(store: Store, *, host: str, port: int) -> Controller:
    """Make the server; it runs in a thread of its own once started."""
    return Controller(Mailbox(store), hostname=host, port=port, data_size_limit=LARGEST_MAIL)


def _part(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body((kind,))
    return str(part.get_content()).strip() if part is not None else ""
