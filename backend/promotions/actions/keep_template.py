"""Coupon templates: saved as a whole, started once, after that only widened."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from backend.core.errors import InvalidInput
from backend.core.ids import short_code
from backend.core.locks import lock_one
from backend.core.outbox import emit
from backend.core.state_log import log_move
from backend.promotions import rules
from backend.promotions.errors import (
    BudgetTooSmall,
    CouponChanged,
    CouponNotReady,
    CouponStateRefuses,
    CouponTermsFixed,
)
from backend.promotions.events import CouponOffered
from backend.promotions.models import CampaignState, Coupon, CouponState, CouponTemplate, CouponWay, RefundPolicy
from backend.promotions.rules.coupons import CLASSES, MERCHANT
from backend.promotions.rules.templates import template_problems
from backend.promotions.selectors import problem_rows

CODE_LENGTH = 12
WIDENED = (
    "names", "issue_limit", "use_limit", "budget_minor", "claim_until", "use_until", "per_person",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateDraft:
    """A coupon as its maker wants it; the names are the columns of the template."""

    names: dict[str, str]
    way: str
    benefit: dict[str, Any]
    claim_from: datetime
    claim_until: datetime
    threshold_minor: int = 0
    scope: dict[str, Any] = field(default_factory=dict)
    audience: dict[str, Any] = field(default_factory=dict)
    stack_class: str = MERCHANT
    combines_with: tuple[str, ...] = ()
    refund_policy: str = "RECOMPUTE"
    returns_when_cancelled: bool = True
    grace_days: int = 3
    use_from: datetime | None = None
    use_until: datetime | None = None
    valid_days: int | None = None
    issue_limit: int | None = None
    per_person: int = 1
    use_limit: int | None = None
    budget_minor: int | None = None
    priority: int = 0
    limit_bps: int | None = None

    def columns(self) -> dict[str, Any]:
        """What is stored. Who says nothing may combine it with the other two classes."""
        others = [name for name in CLASSES if name != self.stack_class]
        return {**asdict(self), "combines_with": list(self.combines_with) or others}


@transaction.atomic
def save_coupon_template(
    *, draft: TemplateDraft, actor_id: UUID, now: datetime, template_id: UUID | None = None, version: int | None = None
) -> CouponTemplate:
    """Save a coupon template; one that was started keeps its terms and can only be widened.

    Raises: NotFound, CouponChanged, CouponStateRefuses, CouponTermsFixed, CouponNotReady, BudgetTooSmall, InvalidInput.
    """
    columns = draft.columns()
    _check_storable(columns)
    if template_id is None:
        return CouponTemplate.objects.create(**columns, created_by_id=actor_id, created_at=now, changed_at=now)
    template = lock_one(CouponTemplate, template_id)
    if template.version != version:
        raise CouponChanged(current_version=template.version)
    if template.state == CampaignState.ENDED:
        raise CouponStateRefuses(state=template.state)
    if template.started_at is not None:
        _check_widened(template, columns)
    for name, value in columns.items():
        setattr(template, name, value)
    template.version += 1
    template.changed_at = now
    template.save(update_fields=[*columns, "version", "changed_at"])
    if template.started_at is not None:
        _fill_pool(template)
    return template


@transaction.atomic
def start_coupon_template(*, template_id: UUID, version: int, actor_id: UUID, now: datetime) -> CouponTemplate:
    """Offer a coupon: its terms are frozen and its pool is filled. A paused one goes on.

    Raises: NotFound, CouponChanged, CouponStateRefuses, CouponNotReady.
    Emits: CouponOffered.
    """
    template = lock_one(CouponTemplate, template_id)
    if template.state == CampaignState.RUNNING:
        return template
    if template.version != version:
        raise CouponChanged(current_version=template.version)
    if template.state == CampaignState.ENDED:
        raise CouponStateRefuses(state=template.state)
    problems = rules.errors_in(problems_of_template(template, now=now))
    if problems:
        raise CouponNotReady(problems=problem_rows(problems))
    stamps = {"started_at": now} if template.started_at is None else {}
    _move(template, to_state=CampaignState.RUNNING, actor_id=actor_id, now=now, **stamps)
    _fill_pool(template)
    return template


@transaction.atomic
def pause_coupon_template(*, template_id: UUID, version: int, actor_id: UUID, now: datetime) -> CouponTemplate:
    """Give no new coupons out for now; those in hands stay good.

    Raises: NotFound, CouponChanged, CouponStateRefuses.
    Emits: CouponOffered.
    """
    template = lock_one(CouponTemplate, template_id)
    if template.state == CampaignState.PAUSED:
        return template
    if template.version != version:
        raise CouponChanged(current_version=template.version)
    if template.state != CampaignState.RUNNING:
        raise CouponStateRefuses(state=template.state)
    return _move(template, to_state=CampaignState.PAUSED, actor_id=actor_id, now=now)


@transaction.atomic
def end_coupon_template(*, template_id: UUID, revoke: bool, actor_id: UUID, now: datetime) -> CouponTemplate:
    """Give none out any more; with `revoke` those that nobody has used or chosen yet are withdrawn too.

    Raises: NotFound.
    Emits: CouponOffered.
    """
    template = lock_one(CouponTemplate, template_id)
    waiting = [CouponState.UNCLAIMED, *([CouponState.ISSUED] if revoke else [])]
    Coupon.objects.filter(template=template, state__in=waiting).update(state=CouponState.REVOKED)
    if template.state == CampaignState.ENDED:
        return template
    return _move(template, to_state=CampaignState.ENDED, actor_id=actor_id, now=now)


def problems_of_template(template: CouponTemplate, *, now: datetime) -> list[Any]:
    """Everything that is wrong with a stored template at this moment."""
    terms = {name: getattr(template, name) for name in TemplateDraft.__dataclass_fields__}
    return template_problems(terms) + rules.window_problems(
        starts_at=template.claim_from, ends_at=template.claim_until, now=now
    )


def _check_storable(columns: dict[str, Any]) -> None:
    """Refuse what cannot even be kept as a draft.

    Raises: InvalidInput.
    """
    if columns["refund_policy"] not in RefundPolicy.values:
        raise InvalidInput("terms.refundPolicy")
    if columns["way"] not in CouponWay.values:
        raise InvalidInput("way")
    if not any(str(name or "").strip() for name in columns["names"].values()):
        raise InvalidInput("names", _("Enter a name."))
    for problem in rules.errors_in(template_problems(columns)):
        if problem.field != "names":
            raise InvalidInput(problem.field or "", problem.message)


def _check_widened(template: CouponTemplate, columns: dict[str, Any]) -> None:
    changed = [name for name in columns if getattr(template, name) != columns[name]]
    fixed = [name for name in changed if name not in WIDENED]
    fixed += [name for name in ("claim_until", "use_until") if name in changed and _is_earlier(template, columns, name)]
    if "issue_limit" in changed and (template.issue_limit is None or columns["issue_limit"] is None):
        fixed.append("issue_limit")
    if fixed:
        raise CouponTermsFixed(fields=fixed)
    for name, least in (
        ("budget_minor", template.reserved_minor + template.spent_minor),
        ("use_limit", template.reserved_count + template.used_count),
        ("issue_limit", Coupon.objects.filter(template=template).exclude(state=CouponState.UNCLAIMED).count()),
    ):
        if columns[name] is not None and columns[name] < least:
            raise BudgetTooSmall(least=least)


def _is_earlier(template: CouponTemplate, columns: dict[str, Any], name: str) -> bool:
    before, after = getattr(template, name), columns[name]
    return before is None or after is None or after < before


def _fill_pool(template: CouponTemplate) -> None:
    """Make the pool as large as the limit says: rows that nobody holds are added or taken away."""
    if template.issue_limit is None:
        return
    missing = template.issue_limit - Coupon.objects.filter(template=template).count()
    if missing < 0:
        free = Coupon.objects.filter(template=template, state=CouponState.UNCLAIMED).order_by("pk")
        Coupon.objects.filter(pk__in=list(free.values_list("pk", flat=True)[:-missing])).delete()
    elif template.way == CouponWay.CODE:
        Coupon.objects.bulk_create(
            [
                Coupon(template=template, state=CouponState.UNCLAIMED, code=short_code(CODE_LENGTH))
                for _number in range(missing)
            ],
            batch_size=2_000,
        )
    elif missing:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO promotions_coupon (id, template_id, state, cause)"
                " SELECT gen_random_uuid(), %s, 'UNCLAIMED', '' FROM generate_series(1, %s)",
                [template.pk, missing],
            )


def _move(
    template: CouponTemplate, *, to_state: CampaignState, actor_id: UUID, now: datetime, **stamps: datetime
) -> CouponTemplate:
    from_state = template.state
    template.state = to_state.value
    template.version += 1
    template.changed_at = now
    for name, at in stamps.items():
        setattr(template, name, at)
    template.save(update_fields=["state", "version", "changed_at", *stamps])
    log_move(
        entity_type="promotions.CouponTemplate",
        entity_id=template.pk,
        from_state=from_state,
        to_state=to_state.value,
        actor_id=actor_id,
        now=now,
    )
    emit(CouponOffered(template_id=template.pk, state=template.state, actor_id=actor_id, at=now))
    return template
