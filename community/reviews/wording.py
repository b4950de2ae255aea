"""Sentences of reviews that are put together for the reader."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from backend.core.languages import LOCALES, django_language
from backend.core.videos.errors import reason_text
from community.reviews.models import Evidence, EvidenceKind
from community.reviews.selectors import evidence_of

K = EvidenceKind


def reasons_of(review_id: UUID) -> dict[str, str]:
    """What speaks against a review in a few words, in every language, for its author."""
    found = evidence_of([review_id])[review_id]
    reasons: dict[str, str] = {}
    for locale in LOCALES:
        with override(django_language(locale)):
            reasons[locale] = _("; ").join(str(EvidenceKind(each.kind).label) for each in found)
    return reasons


def reason_in_every_language(problem: str) -> dict[str, str]:
    """Why a video could not be prepared, in every language."""
    said: dict[str, str] = {}
    for locale in LOCALES:
        with override(django_language(locale)):
            said[locale] = str(reason_text(problem))
    return said


def evidence_lines(found: Iterable[Evidence]) -> list[str]:
    """What speaks against a review, one line each with its weight and its facts, for a moderator."""
    return [
        _("%(label)s (weight %(weight)s)%(facts)s")
        % {"label": EvidenceKind(each.kind).label, "weight": each.weight, "facts": _facts(each.kind, each.facts)}
        for each in found
    ]


def _facts(kind: str, facts: Mapping[str, Any]) -> str:
    match kind:
        case K.SAME_TEXT | K.OWN_TEXT:
            return _(": %(percent)s%% alike") % facts
        case K.SHARED_LINK:
            return _(": %(people)s other reviewers") % facts
        case K.SAME_INVITER | K.SAME_GROUP:
            return _(": %(people)s reviewers in seven days") % facts
        case K.BURST:
            return _(": %(count)s within an hour") % facts
    return ""
