"""The legal moves of applications, memberships, collaborations, breaches and batches."""

from collections.abc import Mapping

from referrals.influencers.models import (
    ApplicationState,
    BatchState,
    CollaborationState,
    CommissionState,
    PromoterState,
    ViolationState,
)

A, C, B, V, P = ApplicationState, CollaborationState, BatchState, ViolationState, PromoterState

APPLICATION: Mapping[str, frozenset[str]] = {
    A.DRAFT: frozenset({A.SUBMITTED}),
    A.SUBMITTED: frozenset({A.IN_REVIEW}),
    A.IN_REVIEW: frozenset({A.APPROVED, A.REJECTED, A.NEED_INFO}),
    A.NEED_INFO: frozenset({A.SUBMITTED}),
    A.APPROVED: frozenset(),
    A.REJECTED: frozenset(),
}
EDITABLE = frozenset({A.DRAFT, A.NEED_INFO})
OPEN_APPLICATIONS = frozenset({A.DRAFT, A.SUBMITTED, A.IN_REVIEW, A.NEED_INFO})

MEMBERSHIP: Mapping[str, frozenset[str]] = {
    P.ACTIVE: frozenset({P.PAUSED, P.TERMINATED}),
    P.PAUSED: frozenset({P.ACTIVE, P.TERMINATED}),
    P.TERMINATED: frozenset(),
}

COLLABORATION: Mapping[str, frozenset[str]] = {
    C.INVITED: frozenset({C.ACCEPTED, C.DECLINED, C.EXPIRED}),
    C.DECLINED: frozenset(),
    C.ACCEPTED: frozenset({C.SAMPLE_SENT, C.CONTENT_SUBMITTED, C.EXPIRED, C.CLOSED}),
    C.SAMPLE_SENT: frozenset({C.CONTENT_SUBMITTED, C.EXPIRED, C.CLOSED}),
    C.CONTENT_SUBMITTED: frozenset({C.REVISION, C.CONTENT_APPROVED, C.CLOSED}),
    C.REVISION: frozenset({C.CONTENT_SUBMITTED, C.EXPIRED, C.CLOSED}),
    C.CONTENT_APPROVED: frozenset({C.LIVE, C.REVISION, C.CLOSED}),
    C.LIVE: frozenset({C.REVISION, C.CLOSED}),
    C.EXPIRED: frozenset(),
    C.CLOSED: frozenset(),
}
BEFORE_CONTENT = frozenset({C.ACCEPTED, C.SAMPLE_SENT, C.REVISION})
UNDER_WAY = frozenset({C.ACCEPTED, C.SAMPLE_SENT, C.CONTENT_SUBMITTED, C.REVISION, C.CONTENT_APPROVED, C.LIVE})

VIOLATION: Mapping[str, frozenset[str]] = {
    V.RECORDED: frozenset({V.APPEALED, V.LIFTED}),
    V.APPEALED: frozenset({V.UPHELD, V.LIFTED}),
    V.UPHELD: frozenset({V.LIFTED}),
    V.LIFTED: frozenset(),
}
HOLDING = frozenset({V.RECORDED, V.APPEALED, V.UPHELD})

BATCH: Mapping[str, frozenset[str]] = {
    B.OPEN: frozenset({B.FROZEN, B.CANCELLED}),
    B.FROZEN: frozenset({B.APPROVED, B.CANCELLED}),
    B.APPROVED: frozenset({B.SENT, B.FROZEN, B.CANCELLED}),
    B.SENT: frozenset({B.SETTLED}),
    B.SETTLED: frozenset(),
    B.CANCELLED: frozenset(),
}
HOLDS_MONEY = frozenset({B.FROZEN, B.APPROVED, B.SENT})
NOT_SENT = frozenset({B.OPEN, B.FROZEN, B.APPROVED})

NOT_VESTED = frozenset({CommissionState.ESTIMATED, CommissionState.CONFIRMED})


def is_legal(moves: Mapping[str, frozenset[str]], *, from_state: str, to_state: str) -> bool:
    """Say whether something may move so."""
    return to_state in moves[from_state]
