"""The tables of after-sales."""

from backend.aftersales.models.care import Advance, AdvanceState, AgentAbsence, DedicatedAgent, OwnFlow
from backend.aftersales.models.cases import (
    Actor,
    AfterSaleCase,
    CaseEvent,
    CaseLine,
    CaseReason,
    CaseState,
    CaseType,
    CategoryTerms,
    Claim,
    Compensation,
    CompensationState,
    Evidence,
    KnowledgeEntry,
    Remedy,
    Standing,
)

__all__ = [
    "Actor",
    "Advance",
    "AdvanceState",
    "AfterSaleCase",
    "AgentAbsence",
    "CaseEvent",
    "CaseLine",
    "CaseReason",
    "CaseState",
    "CaseType",
    "CategoryTerms",
    "Claim",
    "Compensation",
    "CompensationState",
    "DedicatedAgent",
    "Evidence",
    "KnowledgeEntry",
    "OwnFlow",
    "Remedy",
    "Standing",
]
