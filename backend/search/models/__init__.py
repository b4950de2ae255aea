"""The tables of search: copies that can be built anew at any time, and what people looked for."""

from backend.search.models.index import Need, NeedKind, SearchDocument, SearchWord, Synonym
from backend.search.models.learning import (
    LARGEST_STEP,
    Association,
    AssociationRuling,
    Deed,
    LearningSwitch,
    Learnt,
    Ruling,
    SearchOpening,
    SearchQuery,
)
from backend.search.models.people import HotWords, KeptSearch, Look, SearchHabit
from backend.search.models.placements import Placement, PlacementOpening

__all__ = [
    "LARGEST_STEP",
    "Association",
    "AssociationRuling",
    "Deed",
    "HotWords",
    "KeptSearch",
    "LearningSwitch",
    "Learnt",
    "Look",
    "Need",
    "NeedKind",
    "Placement",
    "PlacementOpening",
    "Ruling",
    "SearchDocument",
    "SearchHabit",
    "SearchOpening",
    "SearchQuery",
    "SearchWord",
    "Synonym",
]
