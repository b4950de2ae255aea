"""A creator's things, one for each door, and the right input of everything that can be done with them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.accounts.models import Address, User
from backend.catalogue.models import Variant
from backend.orders.models import Order
from referrals.influencers import actions
from referrals.influencers.models import Commission, Promoter
from tests.factories.catalogue import make_variant
from tests.factories.creators import (
    accept,
    buy_through,
    deliver,
    go_live,
    make_brief,
    make_creator,
    make_tagged_post,
    write_application,
)
from tests.factories.orders import make_buyer
from tests.factories.promotions import this_moment


def make_things(owner: User, agent: User) -> dict[str, UUID]:
    """What a creator and the desk have, by name."""
    now = this_moment()
    then = now - timedelta(days=40)
    lily = make_creator(user=owner, now=then)
    sold, second, third = (make_variant(price_minor=1_130_000, now=then) for _ in range(3))
    go_live(lily, make_brief(sold.product, now=then), now=then)
    order = _sold(lily, sold, then=then)
    # What is paid out is somebody else's: a breach takes lily's money out of every batch.
    rose = make_creator(now=then)
    go_live(rose, make_brief(second.product, now=then), now=then)
    _sold(rose, second, then=then)
    actions.vest_commissions(now=now - timedelta(hours=1))
    statement = actions.close_statement(promoter_id=lily.pk, until=now, now=now)
    actions.close_statement(promoter_id=rose.pk, until=now, now=now)
    waiting = accept(lily, make_brief(second.product, now=then, sends_sample=True), now=now)
    targeted = make_brief(third.product, kind="TARGETED", fee_minor=10_000, now=then)
    invited = actions.invite_creator(brief_id=targeted.pk, code=lily.code, by=agent.id, now=now)
    applicant = make_buyer("Applicant", now=then)
    asked = write_application(applicant, now=now)
    actions.submit_application(application_id=asked.pk, user_id=applicant.pk, now=now)
    commission = Commission.objects.get(order=order)
    batch = actions.open_batch(by=agent.id, now=now)
    assert statement is not None
    return {
        "creator_application": asked.pk,
        "creator_brief": make_brief(make_variant(now=then).product, now=then).pk,
        "creator_targeted": targeted.pk,
        "creator_work": waiting.pk,
        "creator_invitation": invited.pk,
        "creator_post": make_tagged_post(lily.pk, second.product_id, now=now).pk,
        "creator_commission": commission.pk,
        "creator_statement": statement.pk,
        "creator_violation": actions.record_violation(
            promoter_id=lily.pk, words="帖子没有标明这是一条广告。", by=agent.id, now=now
        ).pk,
        "creator_batch": batch.pk,
        "creator_product": sold.product_id,
    }


def _sold(creator: Promoter, variant: Variant, *, then: datetime) -> Order:
    """One piece goes to a friend who lives elsewhere; a creator earns nothing of somebody who is themselves."""
    friend = make_buyer("Friend", now=then)
    Address.objects.filter(user=friend).update(phone="+8613800000002", line="文三路 2 号")
    return deliver(buy_through(creator, [(variant, 1)], buyer=friend, now=then), now=then + timedelta(days=2))


def arguments_of(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What the root fields are asked with."""
    return {"Query.creatorStatement": {"id": ids["creator_statement"]}}


def inputs_of(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The right input of every mutation of the creator programme."""
    now = this_moment()
    words = "核对了订单和内容，按约定处理。"
    application, work = {"applicationId": ids["creator_application"]}, {"collaborationId": ids["creator_work"]}
    violation, batch = {"violationId": ids["creator_violation"]}, {"batchId": ids["creator_batch"]}
    creator = {"promoterId": ids["owner"]}
    return {
        "saveCreatorApplication": {"introduction": "分享阳台种花三年，主要写多肉。", "channels": ["小红书"],
                                   "isAdultDeclared": True, "acceptsTerms": True},
        "submitCreatorApplication": application,
        "joinCreatorBrief": {"briefId": ids["creator_brief"]},
        "answerCollaboration": {"collaborationId": ids["creator_invitation"], "accepts": True},
        "submitCreatorContent": {**work, "postId": ids["creator_post"]},
        "useCreatorCode": {"code": "ABCDEF"},
        "disputeCommission": {"commissionId": ids["creator_commission"], "words": words},
        "appealCreatorViolation": {**violation, "words": words},
        "takeCreatorApplication": application,
        "decideCreatorApplication": {**application, "to": "NEED_INFO", "answer": words},
        "movePromoter": {**creator, "to": "PAUSED", "reason": words},
        "recordCreatorViolation": {**creator, "words": words},
        "decideCreatorViolation": {**violation, "isLifted": True, "answer": words},
        "saveCreatorBrief": {"kind": "OPEN", "productId": ids["creator_product"], "title": "种草", "words": words,
                             "rateBps": 1000, "startsAt": now.isoformat(),
                             "endsAt": (now + timedelta(days=30)).isoformat()},
        "closeCreatorBrief": {"briefId": ids["creator_brief"]},
        "inviteCreator": {"briefId": ids["creator_targeted"], "code": "ABCDEF"},
        "sendCreatorSample": {**work, "parcel": "顺丰 SF123456"},
        "decideCreatorContent": {**work, "approves": True, "note": words},
        "closeCollaboration": work,
        "setCreatorRate": {**creator, "productId": ids["creator_product"], "rateBps": 1200},
        "closeCreatorStatements": {},
        "decideCreatorDispute": {"disputeId": ids["creator_commission"], "addedMinor": 0, "answer": words},
        "openPayoutBatch": {},
        "freezePayoutBatch": batch,
        "approvePayoutBatch": batch,
        "takePayoutFile": batch,
        "importPayoutResults": {**batch, "content": "reference,amount,result,reason"},
        "cancelPayoutBatch": batch,
    }  # fmt: skip
