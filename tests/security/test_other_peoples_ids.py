"""An id that is somebody else's, or of something else, or of nothing, is answered like one that does not exist.

Otherwise the answers would tell what exists. Nothing is written, and nothing breaks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.core.graphql.walking import root_fields
from tests.security.asking import Asker, Path, codes, outcome, placed, refill, root_arguments
from tests.security.world import arguments_of

UNKNOWN = "0190aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee"
NOWHERE = ("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff")
NO_IDS = ("", "1' OR '1'='1", "a" * 10_000, "\x00")
# Made by the client; it names nothing that anybody has.
KEYS = {"idempotencyKey", "clientMessageId"}
# What is open to everybody: there is no telling on it.
PUBLIC = {
    "addComment.postId", "addComment.replyToId", "createPost.productId", "createShareLink.targetId",
    "followPerson.personId", "blockPerson.personId", "unblockPerson.personId", "unfollowPerson.personId",
    "startDirectRoom.personId", "joinGroup.groupId", "joinGroup.variantId", "leaveGroup.groupId",
    "likeComment.commentId", "likePost.postId",
    "unlikeComment.commentId", "unlikePost.postId", "openGroup.productId", "openGroup.variantId",
    "placeOrder.lines.variantId", "reportContent.targetId", "sendMessage.productId", "group.id", "openGroups.productId",
    "post.id", "posts.productId", "products.filter.ids", "posts.authorId", "profile.id", "quote.lines.variantId",
    "quote.groupProductId", "quote.groupId", "myFlash.saleIds", "takeFlashToken.saleId", "takeFlashToken.variantId",
    "joinFlashLine.saleId", "joinFlashLine.variantId", "leaveFlashLine.saleId", "leaveFlashLine.variantId",
    "remindOfFlash.saleId", "addToCart.variantId", "addFavourite.productId", "watchStock.variantId",
    "noteOpening.productId", "reportInformation.productId", "noteSeen.productId", "picks.without",
    "notePlacementOpened.id",
    "productPicks.productId", "picksBeside.productIds", "rateHelpArticle.articleId",
    "waitForSeat.groupId", "stopWaiting.groupId", "askToMerge.groupId", "askToMerge.intoId", "mergeCandidates.groupId",
    "review.id", "reviews.variantId", "question.id", "findReviewHelpful.reviewId", "forgetReviewHelpful.reviewId",
    "askQuestion.productId", "answerQuestion.questionId", "findAnswerHelpful.answerId", "forgetAnswerHelpful.answerId",
    "contest.id", "enterContest.contestId", "voteInContest.entryId", "takeContestVoteBack.contestId",
    "markSolved.answerId", "draw.id", "joinCreatorBrief.briefId", "redeemMallItem.itemId",
    "buyProtection.planId", "askTradeIn.kindId", "tradeInWorth.kindId",
}  # fmt: skip
# Ids that the owner does not send in the first place.
UNSENT = {
    "afterSalePreview.wish.pieces.wantedVariantId", "applyForAfterSale.wish.pieces.wantedVariantId", "quote.couponIds",
    "packParcel.resendId", "placeOrder.couponIds", "couponAdvice.groupId", "couponAdvice.groupProductId",
}  # fmt: skip
# Seen by the whole team: nobody of it is a stranger.
STAFF = {
    "claimCase": "moderator", "decideCase": "moderator", "escalateCase": "moderator", "releaseCase": "moderator",
    "renewLease": "moderator", "reverseDecision": "moderator", "snoozeCase": "moderator", "moderationCase": "moderator",
    "endCampaign": "growth", "pauseCampaign": "growth", "resumeCampaign": "growth", "saveCampaign": "growth",
    "startCampaign": "growth", "campaign": "growth", "campaignPreview": "growth", "cockpit": "growth",
    "saveCouponTemplate": "growth", "saveSynonym": "growth", "createCategory": "growth", "changeCategory": "growth",
    "saveBrand": "growth", "deliverOrder": "support", "shipOrder": "support",
    "takeAfterSale": "support", "approveAfterSale": "support", "rejectAfterSale": "support",
    "escalateAfterSale": "support", "answerAfterSale": "support", "receiveAfterSale": "support",
    "inspectAfterSale": "support", "finishRepair": "support", "answerAppeal": "support",
    "arbitrateAfterSale": "senior_moderator", "offerCompensation": "support", "decideCompensation": "support",
    "decideReward": "growth", "withdrawPlace": "growth", "rewardCase": "growth",
    "takeCreatorApplication": "growth", "decideCreatorApplication": "growth", "movePromoter": "growth",
    "recordCreatorViolation": "growth", "decideCreatorViolation": "growth", "saveCreatorBrief": "growth",
    "closeCreatorBrief": "growth", "inviteCreator": "growth", "sendCreatorSample": "growth",
    "decideCreatorContent": "growth", "closeCollaboration": "growth", "setCreatorRate": "growth",
    "decideCreatorDispute": "growth", "freezePayoutBatch": "growth", "approvePayoutBatch": "growth",
    "takePayoutFile": "growth", "importPayoutResults": "growth", "cancelPayoutBatch": "growth",
    "saveMallItem": "growth",
    "openPlacement": "growth", "stopPlacement": "growth", "ruleAssociation": "growth", "fixAssociation": "growth",
    "setOwnFlow": "support", "endOwnFlow": "support", "settleAdvance": "support", "callOffAbsence": "support",
    "recordAbsence": "support",
    "saveProtectionPlan": "growth", "offerProtectionPlan": "growth", "saveTradeInList": "growth",
    "openTradeInList": "growth", "receiveTradeIn": "support", "inspectTradeIn": "support", "returnTradeIn": "support",
    "saveHelpArticle": "support", "helpRevisions": "support", "answerTicket": "support", "adoptSuggestion": "support",
    "writeKnowledge": "support", "publishKnowledge": "support", "setCategoryTerms": "support",
}  # fmt: skip


def id_arguments() -> Iterator[tuple[str, str, Path]]:
    for root, name, _facts in root_fields():
        if root != "Subscription":
            for path, type_ in root_arguments(root, name):
                if type_.name == "ID" and path[-1] not in KEYS:
                    yield root, name, path


def label(name: str, path: Path) -> str:
    return ".".join([name, *(str(step) for step in path if step != "input" and step != 0)])


ARGUMENTS = [pytest.param(*found, id=label(found[1], found[2])) for found in id_arguments()]


# Things of which one is always of another type than the argument wants.
OTHER_THINGS = ("owner", "room", "address", "product")
TAKES = dict.fromkeys(
    ("profile", "startDirectRoom", "followPerson", "unfollowPerson", "blockPerson", "unblockPerson",
     "movePromoter", "recordCreatorViolation", "setCreatorRate.promoterId"), "owner"
)  # fmt: skip
TAKES["picks.without"] = "product"
# Kept as it was sent: messages stand below the catalogue, and whoever reads one asks for the product.
# What was looked at after a search is only counted; only an exchange looks at the variant that is wanted instead.
UNCHECKED = {"sendMessage.productId", "noteOpening.productId", "applyForAfterSale.wish.pieces.wantedVariantId"}


@pytest.mark.parametrize(("root", "name", "path"), ARGUMENTS)
def test_an_id_of_something_else_is_answered_like_none(asker: Asker, root: str, name: str, path: Path) -> None:
    is_private = name not in STAFF and label(name, path) not in PUBLIC | UNSENT
    who = STAFF.get(name, "stranger" if is_private else "owner")
    given = arguments_of(asker.world, root, name)

    absent, written = ask(asker, who, root, name, given, path, UNKNOWN)
    foreign = [asker.world.ids[kind] for kind in OTHER_THINGS if kind not in taken_by(name, path)]
    if is_private:
        foreign.append(at(given, path))
    told = [
        value for value in (*foreign, *NOWHERE)
        if ask(asker, who, root, name, given, path, value) != (absent, written)
    ]  # fmt: skip
    broken = [
        value[:40] for value in NO_IDS
        if (found := ask(asker, who, root, name, given, path, value))[1]
        or outcome(found[0]) not in {"NOT_FOUND", "BAD_REQUEST", outcome(absent)}
    ]  # fmt: skip

    assert "INTERNAL" not in codes(absent)
    assert written == [] or label(name, path) in UNCHECKED
    assert told == [], f"told apart from what does not exist: {outcome(absent)}"
    assert broken == []


def taken_by(name: str, path: Path) -> str:
    """The kind of thing that an argument wants."""
    return TAKES.get(name) or TAKES.get(label(name, path)) or label(name, path).lower()


def ask(
    asker: Asker, who: str, root: str, name: str, given: dict[str, Any], path: Path, value: str
) -> tuple[Any, list[str]]:
    """The answer and what was written; where the answer repeats the id, it reads as the unknown one."""
    answer, changed = asker.ask_and_look(who, root, name, placed(given, path, value))
    repeated = json.dumps(value)[1:-1]
    return (
        json.loads(json.dumps(answer).replace(repeated, UNKNOWN)) if len(value) == len(UNKNOWN) else answer
    ), changed


@pytest.fixture(autouse=True)
def _allowance() -> Iterator[None]:
    yield
    refill()


def at(given: Any, path: Path) -> str:
    for step in path:
        given = given[step]
    return str(given)
