"""What a kind of notification is about, so that people can say what they want to hear.

Which kinds belong to which topic is said by the composition root (`NOTIFICATION_TOPICS`), since the kinds are those
of apps above. A kind that nobody named counts as being about an order, which cannot be switched off.
"""

from functools import cache

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    """What one is told about."""

    ORDERS = "ORDERS", _("Orders, payments and parcels")
    SECURITY = "SECURITY", _("Account, reports and decisions")
    GROUPS = "GROUPS", _("Groups")
    REWARDS = "REWARDS", _("Points, levels and rewards")
    COMMUNITY = "COMMUNITY", _("Likes, comments and questions")
    OFFERS = "OFFERS", _("Offers and reminders")


class Channel(models.TextChoices):
    """How one is told."""

    APP = "APP", _("In the shop")
    SMS = "SMS", _("Text message")
    MAIL = "MAIL", _("Mail")


# Of the other topics nothing is sent outside of the shop.
OUTSIDE = frozenset({Topic.OFFERS})
ALWAYS: dict[str, str | Promise] = {
    Topic.ORDERS: _("You have paid: what becomes of it you always hear."),
    Topic.SECURITY: _("What concerns your account or your rights you always hear."),
}


@cache
def topic_of(kind: str) -> Topic:
    """What a kind is about: the longest beginning that somebody named."""
    named = [beginning for beginning in settings.NOTIFICATION_TOPICS if kind.startswith(beginning)]
    return Topic(settings.NOTIFICATION_TOPICS[max(named, key=len)]) if named else Topic.ORDERS


def channels_of(topic: str) -> tuple[Channel, ...]:
    """How a topic is told."""
    return tuple(Channel) if topic in OUTSIDE else (Channel.APP,)


def is_always_told(topic: str) -> bool:
    """Whether it cannot be switched off."""
    return topic in ALWAYS
