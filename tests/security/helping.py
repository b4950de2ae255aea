"""A ticket of the owner, what is picked beside a product, and the right input for each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.ids import new_id
from backend.support.actions import open_ticket
from backend.support.models import HelpArticle
from tests.factories.promotions import this_moment


def make_tickets(owner: User) -> dict[str, UUID]:
    """A question and a suggestion."""
    now = this_moment()
    asked = {"ticket": "QUESTION", "suggestion": "SUGGESTION"}
    return {
        name: open_ticket(
            person_id=owner.id, kind=kind, nature="OTHER", words="包装可以再小一点", order_id=None,
            idempotency_key=new_id(), now=now,
        ).id
        for name, kind in asked.items()
    } | {"article": HelpArticle.objects.get(slug="return").id}  # fmt: skip


def inputs_of(ids: dict[str, str], key: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The right input of every mutation of help."""
    ticket = {"ticketId": ids["ticket"]}
    article = {"id": ids["article"], "seenVersion": 1, "slug": "return", "section": "AFTER_SALES", "way": "RETURN"}
    texts = {"zh-Hans": "退货退款", "zh-Hant": "退貨退款", "en": "Return something"}
    return {
        "rateHelpArticle": {"articleId": ids["article"], "isHelpful": True},
        "openTicket": {
            "kind": "COMPLAINT",
            "nature": "DELIVERY",
            "words": "快递没有打电话",
            "orderId": ids["paid"],
            **key,
        },
        "writeToTicket": {**ticket, "words": "补充一点"},
        "closeTicket": ticket,
        "answerTicket": {**ticket, "words": "已经转给仓库处理。", "closes": False},
        "adoptSuggestion": {"ticketId": ids["suggestion"]},
        "chooseNotifications": {"topic": "OFFERS", "channel": "SMS", "isOn": False},
        "chooseOffers": {"isOn": False},
        "keepQuiet": {"quietFrom": "22:30", "quietUntil": "08:00"},
        "noteSeen": {"productId": ids["product"]},
        "saveHelpArticle": {**article, "title": texts, "body": texts, "phrases": {}, "isPublished": True},
    }


def arguments_of(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What the root fields are asked with."""
    return {
        "Query.helpArticle": {"slug": "return"},
        "Query.ticket": {"id": ids["ticket"]},
        "Query.helpRevisions": {"id": ids["article"]},
        "Query.picks": {"without": [ids["product"]]},
        "Query.productPicks": {"productId": ids["product"]},
        "Query.picksBeside": {"productIds": [ids["product"]]},
    }
