"""The right input of everything that can be done with goods, coupons and searches."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.factories.promotions import this_moment

NAMES = {"zh-Hans": "多肉", "zh-Hant": "多肉", "en": "Succulents"}


def inputs_of(ids: dict[str, str], key: dict[str, str]) -> dict[str, dict[str, Any]]:
    """One input for each mutation."""
    return _of_coupons(ids, key) | _of_searches(ids) | _of_shelves(ids) | _of_revisions(ids)


def arguments_of(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What the root fields are asked with."""
    unknown = ids["key"]
    return {
        "Query.productCoupons": {"productId": ids["product"]},
        "Query.myCoupons": {"shelf": "READY"},
        "Query.couponAdvice": {"lines": [{"variantId": ids["variant"], "quantity": 1}]},
        "Query.couponTemplate": {"id": unknown},
        "Query.couponCodes": {"id": unknown},
        "Query.search": {"query": "多肉"},
        "Query.searchSuggestions": {"prefix": "多"},
        "Query.searchLearnt": {"words": "多肉"},
        "Query.searchNeeds": {"kind": "PROBLEM"},
        "Query.goodsDetail": {"id": ids["product"]},
        "Query.revision": {"id": unknown},
        "Query.informationReports": {"isOpen": True},
        "Query.catalogueImport": {"id": unknown},
        "Query.importProblems": {"id": unknown},
        "Query.deskPictures": {"ids": [ids["picture"]]},
        "Query.deskFiles": {"ids": [unknown]},
    }


def _of_coupons(ids: dict[str, str], key: dict[str, str]) -> dict[str, dict[str, Any]]:
    unknown = ids["key"]
    now = this_moment()
    terms = {
        "names": NAMES,
        "way": "CLAIM",
        "stackClass": "merchant",
        "benefit": {"type": "amount", "offMinor": 500},
        "thresholdMinor": 2_000,
        "issueLimit": 10,
        "perPerson": 1,
        "claimFrom": now.isoformat(),
        "claimUntil": (now + timedelta(days=7)).isoformat(),
        "validDays": 7,
    }
    return {
        "claimCoupon": {"templateId": unknown, **key},
        "redeemCode": {"code": "TUANZITUANZI", **key},
        "saveCouponTemplate": {"terms": terms},
        "startCouponTemplate": {"id": unknown, "version": 1},
        "pauseCouponTemplate": {"id": unknown, "version": 1},
        "endCouponTemplate": {"id": unknown, "revoke": False},
        "giveCoupons": {"templateId": unknown, "audience": {"who": "all"}, "channel": "sms", **key},
    }


def _of_searches(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    return {
        "noteSearch": {"words": "多肉"},
        "noteOpening": {"words": "多肉", "productId": ids["product"]},
        "forgetSearches": {"words": None},
        "setSearchHabit": {"keepsHistory": True, "isPersonal": True},
        "saveSynonym": {"line": "多肉, 肉肉"},
        "deleteSynonym": {"id": ids["key"]},
        "saveNeed": {
            "kind": "PROBLEM",
            "says": ["多肉不喝水"],
            "finds": ["多肉"],
            "shelves": ["nowhere"],
            "attributes": ["nowhere=nothing"],
            "isOn": True,
        },
        "resetNeed": {"code": "nowhere"},
        "ruleAssociation": {"id": ids["key"], "isOn": False},
        "fixAssociation": {"id": ids["key"]},
        "switchLearning": {"isOn": True},
        "openPlacement": _placement(ids),
        "stopPlacement": {"id": ids["key"]},
        "notePlacementOpened": {"id": ids["key"]},
    }


def _placement(ids: dict[str, str]) -> dict[str, Any]:
    now = this_moment()
    until = (now + timedelta(days=7)).isoformat()
    return {"productId": ids["product"], "words": ["多肉"], "startsAt": now.isoformat(), "endsAt": until}


def _of_shelves(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    unknown = ids["key"]
    return {
        "retireProduct": {"productId": unknown},
        "changePrice": {"variantId": ids["variant"], "priceMinor": 5_990},
        "setReferencePrice": {"productId": ids["product"], "priceMinor": 1, "at": this_moment().isoformat()},
        "importCatalogue": {"fileId": unknown, "fileName": "goods.csv"},
        "createCategory": {"slug": "plants-two", "names": NAMES, "pictureId": ids["picture"]},
        "changeCategory": {"categoryId": unknown, "names": NAMES, "pictureId": ids["picture"], "position": 1},
        "saveBrand": {"slug": "yard", "names": NAMES},
        "defineAttribute": {"categoryId": unknown, "key": "pot", "names": NAMES, "type": "BOOLEAN"},
        "removeAttribute": {"attributeId": unknown},
    }


def _of_revisions(ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    unknown = ids["key"]
    return {
        "reportInformation": {"productId": ids["product"], "part": "PRICE", "text": "标价和结算价不一样。"},
        "answerInformationReport": {"reportId": unknown, "wasRight": True, "answer": "已经改正，谢谢。"},
        "writeProduct": {"slug": "new-pot", "content": {}},
        "saveRevision": {"productId": ids["product"], "content": {}},
        "submitRevision": {"revisionId": unknown},
        "decideRevision": {"revisionId": unknown, "seenState": "FIRST_CHECK", "verdict": "APPROVED"},
        "withdrawRevision": {"revisionId": unknown},
        "discardRevision": {"revisionId": unknown},
    }
