"""Becoming a creator: write, send, look, decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.core.clock import business_day
from backend.core.errors import NotFound
from backend.core.ids import short_code
from backend.core.locks import advisory_lock, lock_one
from backend.core.outbox import emit
from referrals.influencers.actions.moving import move_row
from referrals.influencers.errors import (
    AlreadyCreator,
    ApplicationIncomplete,
    ApplicationMovedOn,
    IdentityTaken,
    NotAnAdult,
    ReapplyLater,
)
from referrals.influencers.events import ApplicationDecided
from referrals.influencers.models import Application, ApplicationState, Promoter, PromoterIdentity, TaxKind
from referrals.influencers.rules import identity, moves, sealing
from referrals.influencers.selectors.members import last_application, promoter_of, terms_at

CODE_LETTERS = 6
MOST_CHANNELS = 5
LONGEST_CHANNEL = 120
SHORTEST_INTRODUCTION = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """Who somebody is before the law and where the money goes, as typed; None leaves what is there."""

    legal_name: str
    id_number: str
    bank_name: str
    bank_account: str
    tax_kind: str


@transaction.atomic
def save_application(
    *,
    user_id: UUID,
    introduction: str,
    channels: Sequence[str],
    is_adult_declared: bool,
    accepts_terms: bool,
    particulars: Particulars | None,
    now: datetime,
) -> Application:
    """Write down an application as far as it has come; it can be changed until it is sent.

    Raises: AlreadyCreator, ReapplyLater, ApplicationMovedOn, ApplicationIncomplete, NotAnAdult, IdentityTaken.
    """
    advisory_lock("creators.application", user_id)
    application = _open_application(user_id, now=now)
    tidy = [channel.strip()[:LONGEST_CHANNEL] for channel in channels if channel.strip()]
    if len(tidy) > MOST_CHANNELS:
        raise ApplicationIncomplete(field="channels")
    application.introduction = introduction.strip()[:500]
    application.channels = tidy
    application.is_adult_declared = is_adult_declared
    application.terms_accepted_at = (application.terms_accepted_at or now) if accepts_terms else None
    application.save(update_fields=["introduction", "channels", "is_adult_declared", "terms_accepted_at"])
    if particulars is not None:
        seal_particulars(user_id=user_id, particulars=particulars, now=now)
    return application


@transaction.atomic
def seal_particulars(*, user_id: UUID, particulars: Particulars, now: datetime) -> PromoterIdentity:
    """Check and seal who somebody is; what is kept can be used, and only its tail can be read.

    Raises: ApplicationIncomplete, NotAnAdult, IdentityTaken.
    """
    number = identity.tidy_number(particulars.id_number)
    account = identity.tidy_number(particulars.bank_account)
    born = identity.born_on(number)
    if not 2 <= len(particulars.legal_name.strip()) <= 40:
        raise ApplicationIncomplete(field="legal_name")
    if born is None:
        raise ApplicationIncomplete(field="id_number")
    if not identity.is_adult(born, today=business_day(now)):
        raise NotAnAdult(field="id_number")
    if not 2 <= len(particulars.bank_name.strip()) <= 40:
        raise ApplicationIncomplete(field="bank_name")
    if not identity.is_bank_account(account):
        raise ApplicationIncomplete(field="bank_account")
    if particulars.tax_kind not in TaxKind.values:
        raise ApplicationIncomplete(field="tax_kind")
    digest = sealing.digest(number)
    advisory_lock("creators.identity", digest.hex())
    if PromoterIdentity.objects.filter(id_digest=digest).exclude(pk=user_id).exists():
        raise IdentityTaken(field="id_number")
    kept, _is_new = PromoterIdentity.objects.update_or_create(
        user_id=user_id,
        defaults={
            "legal_name_sealed": sealing.seal(particulars.legal_name.strip()),
            "id_number_sealed": sealing.seal(number),
            "id_digest": digest,
            "id_tail": number[-4:],
            "bank_name": particulars.bank_name.strip(),
            "bank_account_sealed": sealing.seal(account),
            "bank_tail": account[-4:],
            "tax_kind": particulars.tax_kind,
            "changed_at": now,
        },
    )
    return kept


@transaction.atomic
def submit_application(*, application_id: UUID, user_id: UUID, now: datetime) -> Application:
    """Send an application that is complete.

    Raises: ApplicationMovedOn, ApplicationIncomplete, NotFound.
    """
    advisory_lock("creators.application", user_id)
    application = Application.objects.filter(pk=application_id, user_id=user_id).first()
    if application is None:
        raise NotFound
    if application.state not in moves.EDITABLE:
        raise ApplicationMovedOn
    if len(application.introduction) < SHORTEST_INTRODUCTION:
        raise ApplicationIncomplete(field="introduction")
    if not application.channels:
        raise ApplicationIncomplete(field="channels")
    if not application.is_adult_declared:
        raise ApplicationIncomplete(field="is_adult_declared")
    if application.terms_accepted_at is None:
        raise ApplicationIncomplete(field="accepts_terms")
    if not PromoterIdentity.objects.filter(pk=user_id, id_digest__isnull=False).exists():
        raise ApplicationIncomplete(field="id_number")
    _move(application, ApplicationState.SUBMITTED, actor_id=user_id, now=now, changes={"submitted_at": now})
    return application


@transaction.atomic
def take_application(*, application_id: UUID, by: UUID, now: datetime) -> Application:
    """Begin to look at an application that was sent.

    Raises: ApplicationMovedOn, NotFound.
    """
    application = lock_one(Application, application_id)
    _move(application, ApplicationState.IN_REVIEW, actor_id=by, now=now, changes={"reviewer_id": by})
    return application


@transaction.atomic
def decide_application(*, application_id: UUID, to: str, answer: str, by: UUID, now: datetime) -> Application:
    """Approve an application, decline it with a reason, or ask for more. Approval makes the creator.

    Raises: ApplicationMovedOn, ApplicationIncomplete, NotFound.
    Emits: ApplicationDecided.
    """
    application = lock_one(Application, application_id)
    tidy = answer.strip()[:500]
    if to != ApplicationState.APPROVED and len(tidy) < SHORTEST_INTRODUCTION:
        raise ApplicationIncomplete(field="answer")
    changes: dict[str, object] = {"answer": tidy, "reviewer_id": by, "decided_at": now}
    if to == ApplicationState.REJECTED:
        changes["reapply_from"] = now + timedelta(days=terms_at(now).reapply_days)
    _move(application, to, actor_id=by, now=now, changes=changes)
    if to == ApplicationState.APPROVED:
        Promoter.objects.create(
            user_id=application.user_id, code=short_code(CODE_LETTERS), application=application, since=now
        )
    emit(
        ApplicationDecided(application_id=application.id, user_id=application.user_id, state=application.state, at=now)
    )
    return application


def _open_application(user_id: UUID, *, now: datetime) -> Application:
    """The application that can be changed; a new one where none is open."""
    if promoter_of(user_id) is not None:
        raise AlreadyCreator
    last = last_application(user_id)
    if last is not None and last.state in moves.EDITABLE:
        return last
    if last is not None and last.state in moves.OPEN_APPLICATIONS:
        raise ApplicationMovedOn
    if last is not None and last.reapply_from is not None and now < last.reapply_from:
        raise ReapplyLater(reapply_from=last.reapply_from)
    return Application.objects.create(user_id=user_id, created_at=now)


def _move(application: Application, to: str, *, actor_id: UUID, now: datetime, changes: dict[str, object]) -> None:
    move_row(
        application,
        to=to,
        moves=moves.APPLICATION,
        refusal=ApplicationMovedOn,
        actor_id=actor_id,
        now=now,
        changes=changes,
    )
