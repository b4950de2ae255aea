"""The tables of quality: carriers by region, sampled service, improvement cases."""

from backend.quality.models.carriers import CarrierStanding, Standing
from backend.quality.models.improvements import (
    ImprovementCase,
    ImprovementMeasure,
    ImprovementNote,
    ImprovementState,
    Sign,
    Team,
)
from backend.quality.models.service import NoteKind, Reviewer, ServiceNote, ServiceReview, ServiceSample

__all__ = [
    "CarrierStanding",
    "ImprovementCase",
    "ImprovementMeasure",
    "ImprovementNote",
    "ImprovementState",
    "NoteKind",
    "Reviewer",
    "ServiceNote",
    "ServiceReview",
    "ServiceSample",
    "Sign",
    "Standing",
    "Team",
]
