"""Writing a product and bringing it over three checks to the shelf."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.catalogue.actions.content import check_content, write_content
from backend.catalogue.actions.products import publish_product
from backend.catalogue.errors import (
    CheckedAlready,
    NothingChanged,
    OwnWork,
    ProductIncomplete,
    ReasonMissing,
    RevisionClosed,
    RevisionOutdated,
    SlugTaken,
)
from backend.catalogue.events import ProductChanged, RevisionMoved
from backend.catalogue.models import (
    OPEN_STATES,
    Product,
    ProductRevision,
    ProductState,
    RevisionDecision,
    RevisionState,
    Variant,
    Verdict,
)
from backend.catalogue.rules import missing_before_publishing
from backend.catalogue.rules.content import KEY, Content, read_content
from backend.catalogue.rules.revisions import EDITABLE, LEVELS, may_move, next_state
from backend.catalogue.selectors.content import current_content
from backend.catalogue.wording import missing_words
from backend.core.errors import InvalidInput, NotFound
from backend.core.locks import lock_many, lock_one
from backend.core.outbox import emit
from backend.core.state_log import log_move

LONGEST_REASON = 500
ENTITY = "product_revision"


@transaction.atomic
def write_product(*, slug: str, content: Any, author_id: UUID, now: datetime) -> ProductRevision:
    """Begin a product: a draft that nobody but the staff sees.

    Raises: InvalidInput, SlugTaken, SkuTaken, VariantMismatch, AttributeRefused.
    Emits: RevisionMoved.
    """
    if not KEY.fullmatch(slug):
        raise InvalidInput("slug")
    if Product.objects.filter(slug=slug).exists():
        raise SlugTaken(slug=slug)
    read = read_content(content)
    check_content(read, product_id=None, is_whole=False)
    product = Product.objects.create(slug=slug, title=dict(read.title), category_id=read.category_id, changed_at=now)
    write_content(product, read, by=author_id, now=now)
    return _open(product.id, read, author_id=author_id, now=now)


@transaction.atomic
def save_revision(
    *, product_id: UUID, content: Any, author_id: UUID, seen_at: datetime | None = None, now: datetime
) -> ProductRevision:
    """Write other words for a product. Shoppers see them when three people have agreed.

    `seen_at` is when the revision that was on the screen had been saved; if somebody saved it since, nothing is lost.

    Raises: NotFound, InvalidInput, RevisionOutdated, RevisionClosed, SkuTaken, VariantMismatch, AttributeRefused.
    Emits: RevisionMoved.
    """
    product = lock_product(product_id)
    revision = _open_revision(product_id)
    if revision is not None and revision.state not in EDITABLE:
        raise RevisionClosed(state=revision.state)
    if revision is not None and seen_at is not None and revision.changed_at != seen_at:
        raise RevisionOutdated(state=revision.state)
    read = read_content(content)
    check_content(read, product_id=product_id, is_whole=False)
    if product.state == ProductState.DRAFT:
        write_content(product, read, by=author_id, now=now)
    if revision is None:
        return _open(product_id, read, author_id=author_id, now=now)
    revision.content = read.as_row()
    revision.changed_at = now
    revision.edited_by = sorted({*revision.edited_by, str(author_id)})
    revision.save(update_fields=["content", "changed_at", "edited_by"])
    return revision


@transaction.atomic
def submit_revision(*, revision_id: UUID, author_id: UUID, now: datetime) -> ProductRevision:
    """Hand a revision in for the first check. From now on it is not edited until it comes back.

    Raises: NotFound, RevisionClosed, NothingChanged, ProductIncomplete, InvalidInput, SkuTaken, VariantMismatch,
        AttributeRefused.
    Emits: RevisionMoved.
    """
    revision = lock_one(ProductRevision, revision_id)
    if not may_move(revision.state, RevisionState.FIRST_CHECK):
        raise RevisionClosed(state=revision.state)
    content = read_content(revision.content)
    check_complete(content)
    check_content(content, product_id=revision.product_id, is_whole=True)
    product = Product.objects.get(pk=revision.product_id)
    if product.state == ProductState.PUBLISHED and current_content(product.pk) == revision.content:
        raise NothingChanged
    revision.round += 1
    revision.submitted_by_id = author_id
    revision.submitted_at = now
    revision.edited_by = sorted({*revision.edited_by, str(author_id)})
    revision.save(update_fields=["round", "submitted_by", "submitted_at", "edited_by"])
    return _move(revision, RevisionState.FIRST_CHECK, actor_id=author_id, now=now)


@transaction.atomic
def decide_revision(
    *, revision_id: UUID, seen_state: str, decider_id: UUID, verdict: str, reason: str = "", now: datetime
) -> ProductRevision:
    """Make one of the three checks. The third approval puts the content on the shelf; a refusal goes to the editor.

    Raises: NotFound, InvalidInput, RevisionClosed, RevisionOutdated, OwnWork, CheckedAlready, ReasonMissing,
        ProductIncomplete, SkuTaken, VariantMismatch, AttributeRefused.
    Emits: RevisionMoved, ProductPublished, ProductChanged.
    """
    reason = reason.strip()
    if verdict not in Verdict.values or len(reason) > LONGEST_REASON:
        raise InvalidInput("reason" if verdict in Verdict.values else "verdict")
    product = _lock_product_of(revision_id)
    revision = lock_one(ProductRevision, revision_id)
    if revision.state not in LEVELS:
        raise RevisionClosed(state=revision.state)
    if revision.state != seen_state:
        raise RevisionOutdated(state=revision.state)
    _check_decider(revision, decider_id)
    if verdict == Verdict.REFUSED and not reason:
        raise ReasonMissing
    if revision.submitted_by_id is None:
        raise NotFound
    RevisionDecision.objects.create(
        revision=revision,
        round=revision.round,
        level=LEVELS[revision.state],
        decided_by_id=decider_id,
        submitted_by_id=revision.submitted_by_id,
        verdict=verdict,
        reason=reason,
        at=now,
    )
    to = next_state(revision.state, is_approved=verdict == Verdict.APPROVED)
    if to == RevisionState.PUBLISHED:
        _put_on_shelf(product, revision, now=now)
    return _move(revision, to, actor_id=decider_id, reason=reason, now=now)


@transaction.atomic
def withdraw_revision(*, revision_id: UUID, author_id: UUID, now: datetime) -> ProductRevision:
    """Take a revision back from review to write on it.

    Raises: NotFound, RevisionClosed.
    Emits: RevisionMoved.
    """
    revision = lock_one(ProductRevision, revision_id)
    if not may_move(revision.state, RevisionState.DRAFT):
        raise RevisionClosed(state=revision.state)
    return _move(revision, RevisionState.DRAFT, actor_id=author_id, now=now)


@transaction.atomic
def discard_revision(*, revision_id: UUID, author_id: UUID, now: datetime) -> ProductRevision:
    """Drop a revision that was not handed in; shoppers go on seeing what they see.

    Raises: NotFound, RevisionClosed.
    Emits: RevisionMoved.
    """
    revision = lock_one(ProductRevision, revision_id)
    if not may_move(revision.state, RevisionState.DISCARDED):
        raise RevisionClosed(state=revision.state)
    return _move(revision, RevisionState.DISCARDED, actor_id=author_id, now=now)


def lock_product(product_id: UUID) -> Product:
    """Hold the variants of a product, then the product, in the order of docs/locks.md.

    Raises: NotFound.
    """
    lock_many(Variant, Variant.objects.filter(product_id=product_id).values_list("pk", flat=True))
    return lock_one(Product, product_id)


def check_complete(content: Content) -> None:
    """See that nothing is missing that a shopper needs to see.

    Raises: ProductIncomplete.
    """
    missing = missing_before_publishing(
        title=content.title, pictures_count=len(content.pictures), variants_count=len(content.variants)
    )
    if missing:
        raise ProductIncomplete(missing=missing_words(missing))


def _lock_product_of(revision_id: UUID) -> Product:
    product_id = ProductRevision.objects.filter(pk=revision_id).values_list("product_id", flat=True).first()
    if product_id is None:
        raise NotFound
    return lock_product(product_id)


def _put_on_shelf(product: Product, revision: ProductRevision, *, now: datetime) -> None:
    content = read_content(revision.content)
    check_complete(content)
    check_content(content, product_id=product.id, is_whole=True)
    write_content(product, content, by=revision.submitted_by_id, now=now)
    if product.state == ProductState.PUBLISHED:
        emit(ProductChanged(product_id=product.id, at=now))
    else:
        publish_product(product_id=product.id, now=now)


def _check_decider(revision: ProductRevision, decider_id: UUID) -> None:
    if str(decider_id) in revision.edited_by or revision.submitted_by_id == decider_id:
        raise OwnWork
    if revision.decisions.filter(round=revision.round, decided_by_id=decider_id).exists():
        raise CheckedAlready


def _open_revision(product_id: UUID) -> ProductRevision | None:
    found = ProductRevision.objects.filter(product_id=product_id, state__in=OPEN_STATES).values_list("pk", flat=True)
    return lock_one(ProductRevision, found[0]) if found else None


def _open(product_id: UUID, content: Content, *, author_id: UUID, now: datetime) -> ProductRevision:
    revision = ProductRevision.objects.create(
        product_id=product_id, content=content.as_row(), edited_by=[str(author_id)], started_at=now, changed_at=now
    )
    log_move(
        entity_type=ENTITY, entity_id=revision.pk, from_state="", to_state=revision.state, actor_id=author_id, now=now
    )
    return revision


def _move(revision: ProductRevision, to: str, *, actor_id: UUID, reason: str = "", now: datetime) -> ProductRevision:
    log_move(
        entity_type=ENTITY,
        entity_id=revision.pk,
        from_state=revision.state,
        to_state=to,
        actor_id=actor_id,
        reason=reason[:200],
        now=now,
    )
    revision.state = to
    revision.changed_at = now
    revision.save(update_fields=["state", "changed_at"])
    emit(
        RevisionMoved(
            revision_id=revision.pk,
            product_id=revision.product_id,
            submitted_by=revision.submitted_by_id,
            state=to,
            reason=reason,
            at=now,
        )
    )
    return revision
