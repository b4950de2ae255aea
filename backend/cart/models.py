"""The tables of carts and favourites."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from backend.core.ids import new_id


class Cart(models.Model):
    """What one person, or one browser whose person we do not know yet, means to buy.

    `removed` holds the lines that were taken out last, so that it can be undone.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    visitor = models.CharField(max_length=200, null=True, blank=True, unique=True)
    version = models.PositiveIntegerField(default=0)
    removed = models.JSONField(default=list)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, visitor__isnull=True) | Q(user__isnull=True, visitor__isnull=False),
                name="cart_has_one_owner",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["changed_at"], condition=Q(user=None), name="cart_of_visitor_by_age"),
        ]

    def __str__(self) -> str:
        return str(self.user_id or self.visitor)


class CartLine(models.Model):
    """So many of one variant, with the price at which it was put in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cart = models.ForeignKey(Cart, on_delete=models.PROTECT, related_name="lines")
    variant = models.ForeignKey("catalogue.Variant", on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveSmallIntegerField()
    is_selected = models.BooleanField(default=True)
    added_minor = models.BigIntegerField()
    version = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cart", "variant"], name="cart_line_once_per_variant"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=99), name="cart_line_quantity_between_1_and_99"
            ),
            models.CheckConstraint(condition=Q(added_minor__gte=0), name="cart_line_price_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id} x {self.quantity}"


class Favourite(models.Model):
    """A product that somebody wants to remember, with the price of that day.

    `told_minor` is the lowest price that its owner was told of.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="+")
    added_minor = models.BigIntegerField()
    told_minor = models.BigIntegerField(null=True, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "product"], name="favourite_once_per_product"),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "-added_at", "-id"], name="favourite_of_user")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.product_id}"
