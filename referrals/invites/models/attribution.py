"""Who gets the credit for an order, by which version of which rule, and why not the others."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.core.ids import new_id
from referrals.invites.models.links import Binding, Touch


class TouchOrder(models.TextChoices):
    """Which of several visits of one kind counts."""

    LAST = "LAST", _("The last visit")
    FIRST = "FIRST", _("The first visit")


class AttributionRule(models.Model):
    """How credit is given. A version is never changed, only followed by the next one; a trigger keeps it.

    `kinds` is the order of the kinds, such as a creator's code before a friend before a creator's link.
    With `binding_days` a friend who was bound counts that long after signing up, without a new visit.
    """

    version = models.PositiveIntegerField(primary_key=True)
    window_days = models.PositiveIntegerField()
    touch_order = models.CharField(max_length=5, choices=TouchOrder.choices, default=TouchOrder.LAST)
    kinds = models.JSONField()
    binding_days = models.PositiveIntegerField(null=True, blank=True)
    valid_from = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(window_days__gte=1, window_days__lte=365), name="attribution_rule_window"
            ),
            models.CheckConstraint(
                condition=Q(binding_days=None) | Q(binding_days__gte=1, binding_days__lte=365),
                name="attribution_rule_binding",
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"


class PayeeKind(models.TextChoices):
    """As what somebody gets the credit for an order."""

    FRIEND = "FRIEND", _("Friend")
    CREATOR = "CREATOR", _("Creator")
    NONE = "NONE", _("Nobody")


class Attribution(models.Model):
    """Who gets the credit for one order. Written once; a trigger keeps it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.OneToOneField("orders.Order", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=PayeeKind.choices)
    payee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    source = models.CharField(max_length=80, blank=True)
    touch = models.ForeignKey(Touch, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    binding = models.ForeignKey(Binding, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    code = models.CharField(max_length=40, blank=True)
    rule = models.ForeignKey(AttributionRule, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField(default=dict)
    losers = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="NONE", payee__isnull=True) | (~Q(kind="NONE") & Q(payee__isnull=False)),
                name="attribution_payee_of_its_kind",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["payee", "-at"], name="attribution_of_payee")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.kind}"
