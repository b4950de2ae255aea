"""What each kind of notification is about, by the beginning of its name.

It stands here because the kinds belong to apps of every floor. What is not named is about an order and always told.
"""

from __future__ import annotations

NOTIFICATION_TOPICS = {
    "creator_violation": "SECURITY",
    "information_": "SECURITY",
    "moderation_": "SECURITY",
    "report_": "SECURITY",
    "revision_": "SECURITY",
    "review_held": "SECURITY",
    "payments.alert_": "SECURITY",
    "payments.passkey_": "SECURITY",
    "groupbuy.merge_asked": "GROUPS",
    "groupbuy.merged": "GROUPS",
    "groupbuy.seat_": "GROUPS",
    "groupbuy.leader": "GROUPS",
    "groupbuy.opened": "GROUPS",
    "badge_": "REWARDS",
    "birthday_": "REWARDS",
    "creator_": "REWARDS",
    "invites.": "REWARDS",
    "points_": "REWARDS",
    "task_": "REWARDS",
    "tier_": "REWARDS",
    "answer_": "COMMUNITY",
    "contest_": "COMMUNITY",
    "post_": "COMMUNITY",
    "question_": "COMMUNITY",
    "review_": "COMMUNITY",
    "survey_": "COMMUNITY",
    "flash.": "OFFERS",
    "inventory.back_in_stock": "OFFERS",
    "price_dropped": "OFFERS",
    "promotions.": "OFFERS",
}
