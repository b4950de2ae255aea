# ruff: noqa: E501 - the lines of a page are as long as its elements.
"""The pages of the sandbox, written by hand; every value is escaped."""

import time
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from backend.core.sandbox.doors import knob_fields, table
from backend.payments.sandbox.texts import words

STYLE = (Path(__file__).parent / "style.css").read_text()
BUN = (
    '<svg class="bun" viewBox="0 0 48 48" aria-hidden="true"><ellipse cx="24" cy="28" rx="20" ry="17" fill="#fff"'
    ' stroke="#f3c9b0" stroke-width="2"/><path d="M24 8c2 3 7 3 9 6M24 8c-2 3-7 3-9 6M24 8v7" stroke="#f3c9b0"'
    ' stroke-width="2" fill="none" stroke-linecap="round"/><circle cx="17" cy="28" r="2" fill="#2b1d16"/>'
    '<circle cx="31" cy="28" r="2" fill="#2b1d16"/><path d="M21 32q3 3 6 0" stroke="#2b1d16" stroke-width="2" fill="none"'
    ' stroke-linecap="round"/><circle cx="13" cy="32" r="2.6" fill="#ffb79b"/><circle cx="35" cy="32" r="2.6" fill="#ffb79b"/></svg>'
)
KNOB_TEXTS = {
    "late": ("Late", "Send every webhook this many seconds later (0 to 100)."),
    "duplicate": ("Duplicate", "Send this many extra copies of each webhook."),
    "shuffle": ("Out of order", "1: wait a random time of up to 8 seconds, so that webhooks overtake one another."),
    "wrong_amount": ("Wrong amount", "1: report one fen less than was paid."),
    "timeout": ("Timeout after success", "1: refund, capture or release, then say nothing until the shop gives up."),
    "failure": ("Failure rate", "Refuse this many of 100 calls of the shop with status 503."),
    "refuse_capture": ("Refuse captures", "1: money that is held can no longer be taken, as if its card were closed."),
}


def pay_page(fields: Mapping[str, str], *, signature: str, alert: str = "") -> str:
    """The page on which a buyer pays."""
    word = words(fields["locale"])
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in {**fields, "sign": signature}.items()
    )
    left = max(0, int(fields["expires"]) - int(time.time()))
    is_hold = fields["hold"] == "1"
    held = f'<p class="center" data-testid="hold">{word["hold_note"]}</p>' if is_hold else ""
    warning = f'<p class="alert" role="alert">{escape(alert)}</p>' if alert else ""
    return _page(
        word,
        f"""{_head(word)}{warning}
<div class="sum"><small>{word["hold_amount" if is_hold else "amount"]}</small><strong data-testid="amount"><i>¥</i>{_yuan(int(fields["amount"]))}</strong></div>
<dl><div><dt>{escape(fields["subject"])}</dt><dd></dd></div>
<div><dt>{word["number"]}</dt><dd>{escape(fields["reference"][-12:].upper())}</dd></div>
<div><dt>{word["left"]}</dt><dd>{left // 60:02d}:{left % 60:02d}</dd></div></dl>
{held}<form method="post" action="/pay">{hidden}
<button class="pay" name="do" value="pay" data-testid="pay">{word["hold" if is_hold else "pay"]}</button>
<button class="quiet line" name="do" value="fail" data-testid="fail">{word["fail"]}</button>
<button class="quiet" name="do" value="cancel" data-testid="cancel">{word["cancel"]}</button></form>
<p class="safe">{word["safe"]}</p>""",
    )


def failed_page(fields: Mapping[str, str], *, again: str) -> str:
    """The payment was refused."""
    word = words(fields["locale"])
    return _page(
        word,
        f"""{_head(word)}<h1>{word["failed"]}</h1><p class="center">{word["failed_note"]}</p>
<form><a class="button pay" href="{escape(again)}">{word["again"]}</a>
<a class="button quiet" href="{escape(fields["return"])}">{word["back"]}</a></form>""",
    )


def closed_page(locale: str, *, what: str, back: str = "") -> str:
    """The link cannot be used: `broken` or `expired`."""
    word = words(locale)
    link = f'<form><a class="button pay" href="{escape(back)}">{word["back"]}</a></form>' if back else ""
    return _page(word, f'{_head(word)}<h1>{word[what]}</h1><p class="center">{word[what + "_note"]}</p>{link}')


def knobs_page(
    knobs: Mapping[str, int],
    *,
    payments: list[dict[str, Any]],
    refunds: list[dict[str, Any]],
    deliveries: list[dict[str, Any]],
) -> str:
    """Everything the sandbox remembers, and the ways in which it can fail."""
    word = words("en")
    turns = knob_fields(knobs, KNOB_TEXTS)
    return _page(
        word,
        f"""{_head(word)}<h2>Knobs</h2>
<form method="post" action="/knobs" class="knobs">{turns}<button class="pay">Turn</button></form>
<h2>Payments</h2>{table(payments, ("reference", "subject", "amount", "state", "transaction"))}
<h2>Refunds</h2>{table(refunds, ("key", "reference", "amount", "state"))}
<h2>Webhooks</h2>{table(deliveries, ("event_id", "kind", "attempts", "answer", "done"))}""",
        wide=True,
    )


def _head(word: Mapping[str, str]) -> str:
    return f"<header>{BUN}<div><b>{word['name']}</b><span>{word['note']}</span></div></header>"


def _page(word: Mapping[str, str], content: str, *, wide: bool = False) -> str:
    return (
        f'<!doctype html><html lang="{word["lang"]}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{word['name']}</title><style>{STYLE}</style><main{' class=wide' if wide else ''}>{content}</main></html>"
    )


def _yuan(minor: int) -> str:
    return f"{minor // 100:,}.{minor % 100:02d}"
