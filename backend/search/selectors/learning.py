"""Whether the order learns, and what it has learnt."""

from collections.abc import Sequence

from django.db.models import Count, Sum

from backend.search.models import LearningSwitch, Learnt
from backend.search.selectors.understanding import understand

MOST_ROWS = 50


def learns() -> bool:
    """Whether the order learns from openings; it does unless the staff switched it off."""
    switch = LearningSwitch.objects.filter(pk=1).first()
    return switch is None or switch.is_on


def learnt_for(words: str) -> Sequence[Learnt]:
    """What was learnt for these words, however they are typed, the furthest up first."""
    return list(Learnt.objects.filter(asked=understand(words).asked).order_by("-worth", "product_id")[:MOST_ROWS])


def learnt_wishes() -> list[dict[str, object]]:
    """The wishes for which most was learnt, by the openings it rests on."""
    rows = Learnt.objects.values("asked").annotate(products=Count("id"), openings=Sum("people_opened"))
    return [dict(row) for row in rows.order_by("-openings", "asked")[:MOST_ROWS]]
