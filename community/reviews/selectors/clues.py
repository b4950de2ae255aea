"""What speaks against a review, read from the texts and from what the shop knows of the people."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from backend.orders.models import OrderLine
from community.reviews.models import Evidence, EvidenceKind, Review, Visibility
from community.reviews.rules import evidence as rules
from community.reviews.rules.evidence import Clue
from groupbuy.models import Seat
from referrals.invites.models import Binding

K = EvidenceKind
COMPARED_DAYS = 90
CANDIDATES = 50
TOGETHER_DAYS = 7

# Other reviewers of the product who were seen with the same e-mail, phone, payer, device or address.
LINKED = """
SELECT DISTINCT other.user_id, lower(other.kind) FROM invites_identifier one
JOIN invites_identifier other ON other.kind = one.kind AND other.period = one.period AND other.digest = one.digest
 AND other.user_id <> one.user_id
JOIN reviews_review said ON said.author_id = other.user_id AND said.product_id = %(product)s
WHERE one.user_id = %(author)s AND one.kind <> 'NETWORK'
  AND (one.kind <> 'DEVICE' OR one.seen_at - other.seen_at BETWEEN '-24 hours' AND '24 hours')
ORDER BY 1, 2 LIMIT 20
"""


def clues_against(review: Review, *, now: datetime) -> list[Clue]:
    """Everything that speaks against a review now."""
    found = [*_of_text(review, now=now), *_of_people(review, now=now), *_of_trade(review, now=now)]
    return sorted(found, key=lambda clue: -clue.weight)


def evidence_of(review_ids: Collection[UUID]) -> dict[UUID, list[Evidence]]:
    """What was written down against some reviews, the heaviest first."""
    found: dict[UUID, list[Evidence]] = {review_id: [] for review_id in review_ids}
    for each in Evidence.objects.filter(review_id__in=found).order_by("-weight", "kind"):
        found[each.review_id].append(each)
    return found


def _of_text(review: Review, *, now: datetime) -> Iterator[Clue]:
    said = f"{review.body}\n{review.appended_body}"
    if rules.leads_away(said):
        yield Clue(K.CONTACT, {})
    nearest: dict[bool, tuple[float, UUID]] = {}
    for other_id, author_id, body in _candidates(review, now=now):
        near = rules.likeness(review.body, body)
        is_own = author_id == review.author_id
        if near >= rules.ALIKE_FROM and near > nearest.get(is_own, (0.0, other_id))[0]:
            nearest[is_own] = (near, other_id)
    for is_own, (near, other_id) in nearest.items():
        yield Clue(K.OWN_TEXT if is_own else K.SAME_TEXT, {"review": str(other_id), "percent": round(near * 100)})


def _candidates(review: Review, *, now: datetime) -> Any:
    """Reviews whose letters are near enough to be compared; the index of trigrams finds them."""
    if not rules.shingles(review.body):
        return ()
    near = Review.objects.filter(body__trigram_similar=review.body, created_at__gt=now - timedelta(days=COMPARED_DAYS))
    near = near.exclude(pk=review.pk).exclude(visibility=Visibility.AUTHOR_DELETED)
    return near.values_list("pk", "author_id", "body")[:CANDIDATES]


def _of_people(review: Review, *, now: datetime) -> Iterator[Clue]:
    with connection.cursor() as cursor:
        cursor.execute(LINKED, {"product": review.product_id, "author": review.author_id})
        linked = cursor.fetchall()
    if linked:
        people = {str(user_id) for user_id, _kind in linked}
        yield Clue(K.SHARED_LINK, {"people": len(people), "kinds": sorted({kind for _user, kind in linked})})
    lately = Review.objects.filter(
        product_id=review.product_id, created_at__gt=now - timedelta(days=TOGETHER_DAYS)
    ).exclude(visibility=Visibility.AUTHOR_DELETED)
    inviter = Binding.objects.filter(pk=review.author_id).values_list("inviter_id", flat=True).first()
    if inviter:
        brought = Binding.objects.filter(inviter_id=inviter).values("pk")
        together = lately.filter(Q(author_id__in=brought) | Q(author_id=inviter)).values("author_id").distinct().count()
        if together >= rules.MANY_TOGETHER:
            yield Clue(K.SAME_INVITER, {"people": together})
    groups = Seat.objects.filter(order_id__in=OrderLine.objects.filter(pk=review.line_id).values("order_id"))
    seated = Seat.objects.filter(group_id__in=groups.values("group_id")).values("order_id")
    together = lately.filter(line__order_id__in=seated).values("author_id").distinct().count()
    if together >= rules.MANY_TOGETHER:
        yield Clue(K.SAME_GROUP, {"people": together})


def _of_trade(review: Review, *, now: datetime) -> Iterator[Clue]:
    if review.is_refunded:
        yield Clue(K.REFUNDED, {})
    of_product = Review.objects.filter(product_id=review.product_id)
    last_hour = of_product.filter(created_at__gt=now - timedelta(hours=1)).count()
    last_month = of_product.filter(created_at__gt=now - timedelta(days=30)).count()
    if rules.is_burst(last_hour=last_hour, last_month=last_month):
        yield Clue(K.BURST, {"count": last_hour})
