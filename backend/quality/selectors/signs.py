"""The figures that can ask for a person, as they are today."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import override

from backend.aftersales.rules.windows import RETURN_RATE_ALERT_BPS
from backend.aftersales.selectors.report import report
from backend.core.languages import LOCALES, django_language
from backend.fulfilment.ports import carrier_named
from backend.quality.models import Sign
from backend.quality.rules import alerts
from backend.quality.selectors.carriers import on_time

DAYS = 30
ALL_CASES = "all"


def figures_today(*, now: datetime) -> list[alerts.Figure]:
    """Every figure with a limit: returns by product, the time that cases take, each carrier's coming in time."""
    found = report(days=DAYS, now=now)
    return [*_returns(found["products"]), *_handling(found), *_carriers(now)]


def _returns(products: list[dict[str, object]]) -> Iterator[alerts.Figure]:
    for row in products:
        sold, rate = int(str(row["sold_pieces"])), int(str(row["rate_bps"]))
        names = row["title"]
        assert isinstance(names, dict)
        yield alerts.Figure(
            sign=Sign.RETURN_RATE, subject=str(row["id"]), names=names, value=rate, limit=RETURN_RATE_ALERT_BPS,
            asks=alerts.returns_ask(sold=sold, rate_bps=rate, limit_bps=RETURN_RATE_ALERT_BPS),
        )  # fmt: skip


def _handling(found: dict[str, object]) -> Iterator[alerts.Figure]:
    hours = found["handling_hours"]
    if hours is None:
        return
    minutes = round(float(str(hours)) * 60)
    yield alerts.Figure(
        sign=Sign.HANDLING_TIME, subject=ALL_CASES, names={}, value=minutes, limit=alerts.MOST_HANDLING_MINUTES,
        asks=alerts.handling_asks(cases=int(str(found["finished_count"])), minutes=minutes),
    )  # fmt: skip


def _carriers(now: datetime) -> Iterator[alerts.Figure]:
    middle = now - timedelta(days=DAYS)
    before = on_time(since=middle - timedelta(days=DAYS), until=middle)
    for carrier, share in sorted(on_time(since=middle, until=now).items()):
        if carrier not in before:
            continue
        yield alerts.Figure(
            sign=Sign.CARRIER_ON_TIME, subject=carrier, names=_names_of(carrier), value=alerts.bps(share),
            limit=max(0, alerts.bps(before[carrier]) - alerts.FALL_BPS),
            asks=alerts.falls(now=share, before=before[carrier]),
        )  # fmt: skip


def _names_of(code: str) -> dict[str, str]:
    """What a carrier is called in each language."""
    known = carrier_named(code)
    names: dict[str, str] = {}
    for locale in LOCALES:
        with override(django_language(locale)):
            names[locale] = str(known.name) if known else code
    return names
