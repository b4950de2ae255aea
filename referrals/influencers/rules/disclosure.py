"""Does a post say that it is advertising, and may it count for a collaboration?"""

import re
from typing import Protocol
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TAGS = ("广告", "廣告", "合作", "ad", "sponsored")
# The mark and its word stand together and nothing of a word follows: "#广告位" or "#ads" is another tag.
TAG = re.compile(r"[#＃]\s?(广告|廣告|合作|ad|sponsored)(?![\w])", re.IGNORECASE)


class Published(Protocol):
    """What is looked at in a post."""

    @property
    def author_id(self) -> UUID: ...
    @property
    def product_id(self) -> UUID | None: ...
    @property
    def title(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def is_public(self) -> bool: ...


def tag_of(publication: Published) -> str:
    """The tag by which a post says that it is advertising, or nothing."""
    found = TAG.search(f"{publication.title}\n{publication.body}")
    return f"#{found.group(1)}" if found else ""


def problem_of(publication: Published | None, *, author_id: UUID, product_id: UUID) -> str | Promise | None:
    """Why a post cannot count for a creator and a product; nothing if it can."""
    if publication is None or publication.author_id != author_id:
        return _("it is not one of your posts")
    if not publication.is_public:
        return _("not everybody can see it")
    if publication.product_id != product_id:
        return _("it does not show the product")
    if not tag_of(publication):
        return _("it does not carry the tag #广告 or #合作")
    return None
