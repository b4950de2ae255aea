"""What the shop window may refuse."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.core.errors import DomainError
from backend.core.money import Money

TABLE_REASONS: Mapping[str, str | Promise] = {
    "header": _("no column Handle, Title or Variant Price, or one of them twice."),
    "encoding": _("it is neither UTF-8 nor GBK."),
    "empty": _("it has no rows."),
    "rows": _("it has more than 200,000 rows. Send it in parts."),
    "table": _("it is not a table. Save it as CSV."),
    "line": _("it is not a table. Save it as CSV."),
}


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


class CategoryTooDeep(DomainError):
    """Shelves stand in shelves, three deep at most, and never in themselves."""

    message = _("Categories go three levels deep at most. Choose a higher place.")
    field = "parentId"


class AttributeTaken(DomainError):
    """The shelf, one above it or one in it asks for this already."""

    message = _("The attribute %(key)s is already asked for here, above or below. Choose another key.")
    field = "key"
    key: str


class AttributeInUse(DomainError):
    """Products state something under this attribute."""

    message = _("%(products_count)s products state this. Change them first.")
    products_count: int


class AttributeRefused(DomainError):
    """A stated value does not fit what the shelf asks for."""

    message = _("Check the attribute %(key)s: it does not fit what the category asks for.")
    field = "content.attributes"
    key: str
    expected: str


class FileRefused(DomainError):
    """A sent file is not what it claims to be, or too large."""

    message = _(
        "This file cannot be taken. Send a video (MP4, MOV or WebM, 60 seconds, 60 MB), a 3-D model (GLB, 20 MB),"
        " a PDF (10 MB) or a table (CSV, 50 MB)."
    )
    field = "file"
    reason: str


class RevisionOutdated(DomainError):
    """Somebody was faster: the revision is no longer what was on the screen."""

    message = _("This revision has changed meanwhile. Reload it and look again.")
    state: str


class RevisionClosed(DomainError):
    """The revision is not in a state in which this can be done."""

    message = _("This revision is not waiting for that. Reload the page to see where it stands.")
    state: str


class OwnWork(DomainError):
    """Nobody checks what they wrote themselves."""

    message = _("You wrote this yourself. Ask a colleague to check it.")


class CheckedAlready(DomainError):
    """Each of the three checks is made by a different person."""

    message = _("You have already made one of the three checks. Ask a colleague for the next one.")


class ReasonMissing(DomainError):
    """What goes back to the editor goes with a reason."""

    message = _("Say in a sentence what should be changed.")
    field = "reason"


class NothingChanged(DomainError):
    """The revision says what the shelf says already."""

    message = _("Nothing is different from what shoppers see now. Change something first.")


class InflatedReferencePrice(DomainError):
    """A reference price above what was really asked or paid."""

    message = _("The lowest price before was %(highest)s. A higher reference price cannot be shown.")
    field = "priceMinor"
    highest: Money


class ReportedAlready(DomainError):
    """The same person has told us of the same part, and nobody has answered yet."""

    message = _("You have already told us. We answer in your notifications.")


class ReportAnswered(DomainError):
    """Somebody has answered this report."""

    message = _("This report has been answered already. Reload the list.")


class TableRefused(DomainError):
    """A table of products cannot be read at all."""

    message = _("This table cannot be read: %(reason)s")
    field = "fileId"
    reason: str
