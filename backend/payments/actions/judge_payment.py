"""The risk monitor: remember that somebody goes to pay, and hold what looks unusual, with the evidence."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from backend.core.errors import InvalidInput, NotFound
from backend.core.locks import lock_one, lock_rows
from backend.core.outbox import emit
from backend.payments.errors import AlreadyDecided
from backend.payments.events import PaymentHeldForReview, RiskDecided
from backend.payments.models import HoldState, Payment, PaymentTry, RiskHold
from backend.payments.rules.risk import CONFIRM_FROM, KEPT_FOR, REVIEW_FROM, digest_of, findings, score_of
from backend.payments.selectors.risk import is_trusted, risk_facts

OPEN = (HoldState.CONFIRM, HoldState.REVIEW)
LONGEST_NOTE = 500


@transaction.atomic
def judge_payment(*, payment_id: UUID, buyer_id: UUID, device: str, address: str, now: datetime) -> RiskHold | None:
    """Note that a buyer goes to pay, and hold the payment if what happened lately looks unusual.

    The hold says what was seen. It asks the buyer to confirm, or a person to look; it never refuses.

    Raises: NotFound.
    Emits: PaymentHeldForReview.
    """
    payment = lock_one(Payment, payment_id)
    known = RiskHold.objects.filter(payment=payment).first()
    facts = risk_facts(payment, buyer_id=buyer_id, device=device, address=address, now=now)
    PaymentTry.objects.create(
        payment=payment,
        buyer_id=buyer_id,
        device=digest_of(device, secret=settings.SECRET_KEY, at=now),
        address=digest_of(address, secret=settings.SECRET_KEY, at=now),
        at=now,
    )
    found = findings(facts)
    score = score_of(found)
    if known is not None or score < CONFIRM_FROM:
        return known
    needs_review = score >= REVIEW_FROM
    if is_trusted(buyer_id=buyer_id, now=now, needs_review=needs_review):
        return None
    hold = RiskHold.objects.create(
        payment=payment,
        buyer_id=buyer_id,
        score=score,
        evidence=[asdict(each) for each in found],
        state=HoldState.REVIEW if needs_review else HoldState.CONFIRM,
        made_at=now,
    )
    if needs_review:
        emit(PaymentHeldForReview(hold_id=hold.id, payment_id=payment.id, buyer_id=buyer_id, score=score, at=now))
    return hold


@transaction.atomic
def confirm_payment(*, payment_id: UUID, buyer_id: UUID, now: datetime) -> RiskHold:
    """The buyer says: yes, this is me. It frees what waits for exactly that.

    Raises: AlreadyDecided, NotFound.
    """
    hold = next(iter(lock_rows(RiskHold.objects.filter(payment_id=payment_id, buyer_id=buyer_id))), None)
    if hold is None:
        raise NotFound
    if hold.state != HoldState.CONFIRM:
        raise AlreadyDecided(state=hold.state)
    return _decide(hold, HoldState.RELEASED, by=buyer_id, note="confirmed by the buyer", now=now)


@transaction.atomic
def decide_risk(*, hold_id: UUID, is_released: bool, note: str, by: UUID, now: datetime) -> RiskHold:
    """A person frees a payment that is held, or refuses it with a reason that the buyer is told.

    Raises: AlreadyDecided, InvalidInput, NotFound.
    Emits: RiskDecided.
    """
    hold = lock_one(RiskHold, hold_id)
    if not note.strip() or len(note) > LONGEST_NOTE:
        raise InvalidInput("note")
    if hold.state not in OPEN or hold.buyer_id == by:
        raise AlreadyDecided(state=hold.state)
    decided = _decide(hold, HoldState.RELEASED if is_released else HoldState.REFUSED, by=by, note=note.strip(), now=now)
    order_id = Payment.objects.values_list("order_id", flat=True).get(pk=hold.payment_id)
    emit(
        RiskDecided(
            hold_id=hold.id, payment_id=hold.payment_id, order_id=order_id, buyer_id=hold.buyer_id,
            is_released=is_released, note=decided.note, at=now,
        )
    )  # fmt: skip
    return decided


@transaction.atomic
def note_payer(*, payment_id: UUID, payer: str, now: datetime) -> None:
    """Remember, as a digest, who paid according to the provider."""
    last = PaymentTry.objects.filter(payment_id=payment_id).order_by("-at").first()
    if last is not None and payer:
        last.payer = digest_of(payer, secret=settings.SECRET_KEY, at=now)
        last.save(update_fields=["payer"])


@transaction.atomic
def forget_tries(*, now: datetime, limit: int = 5_000) -> int:
    """Delete what the risk monitor has remembered long enough, and say how much."""
    old = PaymentTry.objects.filter(at__lt=now - KEPT_FOR).order_by("at").values_list("pk", flat=True)[:limit]
    deleted, _kinds = PaymentTry.objects.filter(pk__in=list(old)).delete()
    return deleted


def _decide(hold: RiskHold, state: HoldState, *, by: UUID, note: str, now: datetime) -> RiskHold:
    hold.state, hold.decided_by_id, hold.decided_at, hold.note = state, by, now, note
    hold.save(update_fields=["state", "decided_by", "decided_at", "note"])
    return hold
