"""What the shop window may refuse."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class SlugTaken(DomainError):
    """Another product or category has this address."""

    message = _("This address is already used. Choose another one.")
    field = "slug"
    slug: str


class SkuTaken(DomainError):
    """Another variant has this stock number."""

    message = _("The stock number %(sku)s is already used. Choose another one.")
    field = "sku"
    sku: str


class ProductIncomplete(DomainError):
    """Something is missing that a shopper needs to see."""

    message = _("This product cannot be shown yet. Add what is missing: %(missing)s.")
    missing: str


class VariantMismatch(DomainError):
    """The variants do not cover the options, or two of them are the same choice."""

    message = _("Give every variant one value of every option, and each combination only once.")
    field = "variants"
