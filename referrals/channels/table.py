"""The report of a period as a file for a spreadsheet."""

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.catalogue.tables.columns import safe_cell
from referrals.channels.models import Channel, ChannelKind
from referrals.channels.rules import Numbers

TITLES = (
    _("Channel"), _("Code"), _("Kind"), _("Partner"), _("Visits"), _("Visitors"), _("Sign-ups"), _("Orders"),
    _("Paid amount"), _("Refunded amount"), _("Cost"), _("Cost per visit"), _("Cost per sign-up"),
    _("Cost per order"), _("Return on cost"),
)  # fmt: skip
# What is added up; costs and returns are measured by channels only.
SUMS = 7


def write_table(channels: Sequence[Channel], numbers: Mapping[UUID | None, Numbers], *, total: Numbers) -> str:
    """One line per channel, then all of them, orders without one, and the sums; a cell is empty if nothing divides."""
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow([str(title) for title in TITLES])
    for each in channels:
        names = [each.name, each.code, str(ChannelKind(each.kind).label), each.partner]
        sheet.writerow([*map(safe_cell, names), *_cells(numbers.get(each.pk, Numbers()))])
    without = numbers.get(None, Numbers())
    sheet.writerow([_("All channels"), "", "", "", *_cells(total.without_orders_of(without))])
    sheet.writerow([_("Without a channel"), "", "", "", *_cells(without)])
    sheet.writerow([_("All together"), "", "", "", *_cells(total)[:SUMS]])
    return out.getvalue()


def _cells(figures: Numbers) -> list[object]:
    return [
        figures.visits,
        figures.visitors,
        figures.sign_ups,
        figures.orders,
        _yuan(figures.paid_minor),
        _yuan(figures.refunded_minor),
        _yuan(figures.cost_minor),
        _yuan(figures.cost_per_visit_minor),
        _yuan(figures.cost_per_sign_up_minor),
        _yuan(figures.cost_per_order_minor),
        "" if figures.return_on_cost is None else figures.return_on_cost,
    ]


def _yuan(minor: int | None) -> str:
    return "" if minor is None else f"{Decimal(minor).scaleb(-2):.2f}"
