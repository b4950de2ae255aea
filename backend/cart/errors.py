"""What may be refused about a cart."""

from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError


class CartFull(DomainError):
    """The cart holds as many kinds as it may."""

    message = _("Your cart holds %(limit)s kinds. Order some, or move some to your favourites.")
    limit: int


class CartLineChanged(DomainError):
    """Another tab changed the line since this one looked."""

    message = _("You changed this in another window: it is %(quantity)s now. Look again, then change it.")
    field = "version"
    quantity: int


class NotOnTheShelf(DomainError):
    """The variant is not for sale now."""

    message = _("This is not for sale at the moment. Choose another kind, or keep it among your favourites.")
    field = "variantId"


class BrowserUnknown(DomainError):
    """Nobody is signed in and the browser keeps no cookie of ours."""

    message = _("Your browser did not keep our cookie. Allow cookies for this page, or sign in.")


class NothingToUndo(DomainError):
    """Nothing was taken out, or it was put back already."""

    message = _("There is nothing to put back. Find it again by searching.")


class FavouritesFull(DomainError):
    """Somebody remembers as many products as one may."""

    message = _("You can keep %(limit)s favourites. Take one out first.")
    limit: int
