"""What speaks against a review: written down, shown to a person, told to its author."""

from datetime import timedelta

import pytest

from backend.messaging.models import Notification
from backend.orders.models import Order, OrderLine
from community.moderation.models import Case, CaseState, Decision, DecisionAction
from community.moderation.schema.loaders import parts_of  # noqa: F401 - the desk reads evidence through it
from community.moderation.selectors import evidence_of as evidence_on_desk
from community.reviews import actions, selectors
from community.reviews.models import Evidence, EvidenceKind, Review, Visibility
from community.reviews.rules import evidence as rules
from groupbuy.models import Seat
from referrals.invites.models import Binding, Identifier
from tests.factories.catalogue import make_product
from tests.factories.groupbuy import join, make_group
from tests.factories.moderation import decided, make_moderator, taken_back
from tests.factories.orders import make_buyer
from tests.factories.promotions import this_moment
from tests.factories.referrals import make_link
from tests.factories.reviews import WRITTEN, make_received_line, make_review

pytestmark = pytest.mark.django_db

COPIED = "质量非常好，物流很快，包装也很严实，会回购的，推荐给大家。"
K = EvidenceKind


def kinds_against(review):
    return {each.kind for each in selectors.evidence_of([review.pk])[review.pk]}


def test_a_copied_text_waits_for_a_moderator_and_its_author_is_told_why(deliver_outbox):
    product = make_product()
    make_review(product=product, body=COPIED)

    copy = make_review(product=product, body=COPIED.replace("会回购的", "还会再买"), is_weighed=False)
    deliver_outbox()

    copy.refresh_from_db()
    case = Case.objects.get(subject_kind="REVIEW", subject_id=copy.pk)
    assert (copy.visibility, kinds_against(copy)) == (Visibility.PENDING, {K.SAME_TEXT})
    assert (case.state, case.evidence_revision) == (CaseState.OPEN, 0)
    assert "60" in evidence_on_desk([case])[copy.pk][0]
    notice = Notification.objects.get(user_id=copy.author_id, kind="review_held")
    assert notice.params["reasons"]["zh-Hans"]
    assert selectors.standing_of(product.pk).count == 1


def test_a_moderator_lets_it_go_and_takes_that_back(deliver_outbox):
    product = make_product()
    make_review(product=product, body=COPIED)
    copy = make_review(product=product, body=COPIED, is_weighed=False)
    deliver_outbox()
    senior = make_moderator("Sen")

    decision = decided(Case.objects.get(subject_id=copy.pk), by=senior, action=DecisionAction.ALLOW, now=WRITTEN)
    deliver_outbox()
    released = selectors.standing_of(product.pk).count
    taken_back(Decision.objects.get(pk=decision.pk), by=senior, now=WRITTEN)
    deliver_outbox()

    assert released == 2
    assert Notification.objects.filter(user_id=copy.author_id, kind="moderation_released").count() == 1
    assert Review.objects.get(pk=copy.pk).visibility == Visibility.PENDING
    assert Case.objects.get(subject_id=copy.pk).state == CaseState.OPEN
    assert selectors.standing_of(product.pk).count == 1


def test_a_private_contact_waits_for_a_moderator():
    review = make_review(body="东西不错，想便宜的加V信 tuanzi_888 领红包")

    assert (review.visibility, kinds_against(review)) == (Visibility.PENDING, {K.CONTACT})


def test_reviewers_who_share_an_address_are_noted_but_not_held_for_that_alone():
    product = make_product()
    first = make_review(product=product)
    bob = make_buyer("Bob")
    for user_id in (first.author_id, bob.id):
        Identifier.objects.filter(user_id=user_id).delete()
        Identifier.objects.create(user_id=user_id, kind="ADDRESS", period=1, digest=b"d" * 32, seen_at=WRITTEN)

    review = make_review(author=bob, product=product, body="杯子很轻，盖子拧紧了不会漏水，可以放进包里。")

    assert (review.visibility, kinds_against(review)) == (Visibility.PUBLIC, {K.SHARED_LINK})


def test_a_review_after_sending_all_back_is_noted():
    bob = make_buyer("Bob")
    line = make_received_line(buyer=bob)
    OrderLine.objects.filter(pk=line.pk).update(refunded_quantity=1)

    review = make_review(author=bob, line=line, body="尺寸不对，已经退了，客服处理得很快。")

    assert review.is_refunded
    assert kinds_against(review) == {K.REFUNDED}


def test_a_person_who_writes_the_same_everywhere_is_noted_but_not_held_for_that_alone():
    bob = make_buyer("Bob")
    make_review(author=bob, body=COPIED)

    again = make_review(author=bob, body=COPIED)

    assert (again.visibility, kinds_against(again)) == (Visibility.PUBLIC, {K.OWN_TEXT})


def test_the_third_reviewer_whom_one_person_brought_is_noted():
    inviter, product = make_buyer("Ivy"), make_product()
    link = make_link(inviter)
    reviews = []
    for text in ("杯子很轻，盖子拧紧不漏水。", "颜色比图片深一点，能接受。", "送给同事的，她说手感很好。"):
        brought = make_buyer()
        Binding.objects.create(invitee=brought, inviter=inviter, link=link, clicked_at=WRITTEN, bound_at=WRITTEN)
        reviews.append(make_review(author=brought, product=product, body=text))

    assert [kinds_against(each) for each in reviews] == [set(), set(), {K.SAME_INVITER}]
    assert Evidence.objects.get(kind=K.SAME_INVITER).facts == {"people": 3}


def test_the_third_reviewer_of_one_group_is_noted():
    group = make_group(size=3)
    orders = seats_of(group)
    texts = ("杯子很轻，盖子拧紧不漏水。", "颜色比图片深一点，能接受。", "送给同事的，她说手感很好。")
    found = []
    for order, text in zip(orders, texts, strict=True):
        line = OrderLine.objects.get(order=order)
        Order.objects.filter(pk=order.pk).update(delivered_at=this_moment())
        found.append(make_review(author=order.buyer, line=line, body=text, now=this_moment()))

    assert [kinds_against(each) for each in found] == [set(), set(), {K.SAME_GROUP}]


def seats_of(group):
    """The orders of a group after two more have joined."""
    for _ in range(2):
        join(group)
    return [Order.objects.get(pk=seat.order_id) for seat in Seat.objects.filter(group=group).order_by("pk")]


def test_honest_short_words_are_compared_with_nothing():
    product = make_product()
    make_review(product=product, body="很好，很满意")

    again = make_review(product=product, body="很好，很满意")

    assert (again.visibility, kinds_against(again)) == (Visibility.PUBLIC, set())


def test_weighing_again_without_a_change_does_nothing():
    review = make_review(body=COPIED)

    actions.weigh_review(review_id=review.pk, now=WRITTEN + timedelta(hours=1))

    assert not Evidence.objects.exists()
    assert Review.objects.get(pk=review.pk).weighed_at == WRITTEN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("加我微信领红包", True),
        ("薇信：abc12345", True),
        ("电话13812345678", True),
        ("见 www.example-shop.com", True),
        ("五星返现五元", True),
        ("微信支付很方便", False),
        ("我加了微量的水", False),
        ("客服在微信群里也回复了", False),
        ("编号 2026112212345678 的订单", False),
        ("Great line of products, add water and wait.", False),
    ],
)
def test_private_contacts_are_told_from_innocent_words(text, expected):
    assert rules.leads_away(text) is expected


def test_a_burst_is_told_from_a_busy_product():
    assert rules.is_burst(last_hour=12, last_month=40)
    assert not rules.is_burst(last_hour=12, last_month=12 + 720 * 3)
    assert not rules.is_burst(last_hour=9, last_month=9)
