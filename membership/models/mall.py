"""The points mall: what points can be exchanged for, and who did."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.catalogue.models import Variant
from backend.core.ids import new_id
from backend.promotions.models import CouponTemplate
from membership.models.tiers import Tier


class MallItem(models.Model):
    """One thing that points buy: a coupon, or goods that are sent. `left` counts down; empty means no end."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    names = models.JSONField()
    template = models.ForeignKey(CouponTemplate, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    variant = models.ForeignKey(Variant, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveIntegerField()
    left = models.PositiveIntegerField(null=True, blank=True)
    per_person = models.PositiveSmallIntegerField(default=1)
    tier = models.ForeignKey(Tier, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_open = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(points__gt=0, per_person__gt=0), name="mall_item_has_a_price"),
            models.CheckConstraint(
                condition=Q(template__isnull=False, variant=None) | Q(template=None, variant__isnull=False),
                name="mall_item_is_one_thing",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["position", "id"], condition=Q(is_open=True), name="mall_open")]

    def __str__(self) -> str:
        return str(self.names.get("en", self.pk))


class ExchangeState(models.TextChoices):
    """Where an exchange stands."""

    DONE = "DONE", _("Exchanged")
    RETURNED = "RETURNED", _("Points came back")


class MallExchange(models.Model):
    """Somebody gave points for an item: a coupon, or an order without money that is sent."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(MallItem, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=ExchangeState.choices, default=ExchangeState.DONE)
    coupon_id = models.UUIDField(null=True, blank=True)
    order = models.OneToOneField("orders.Order", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["user", "item"], name="exchange_of_person"),
            models.Index(fields=["user", "-at", "-id"], name="exchange_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.state}"
