"""Wiring of the app: which events it hears, which ports it fills."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from backend.core.outbox import subscribe
from backend.core.privacy import register
from backend.messaging.kinds import register_kind
from backend.promotions.ports import register_rule_kind
from community.contests.events import EntryPlaced
from community.forum.events import VisibilityChanged
from membership.ports import register_point_cause


class ContestsConfig(AppConfig):
    """Contests of the circles."""

    name = "community.contests"
    label = "contests"

    def ready(self) -> None:
        """Offer contests to campaigns, pay their prizes as points, and tell who won."""
        here = "community.contests"
        register_rule_kind(f"{here}.kinds.CONTEST")
        register_point_cause("contest", f"{here}.causes.ContestPrize")
        register(import_string(f"{here}.privacy.ContestPrivacy")())
        subscribe(EntryPlaced, f"{here}.handlers.tell_of_place")
        subscribe(VisibilityChanged, f"{here}.handlers.take_prize_of_removed_post")
        register_kind(
            "contest_placed",
            title=_("Rank %(rank)s in the contest"),
            body=_("%(points)s points are on the way, usable in seven days."),
        )
