"""Help articles as the index of search knows them."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from backend.core.languages import LOCALES
from backend.search.documents import Document, Passage
from backend.support.models import HelpArticle

KIND = "help"


class Articles:
    """All published articles."""

    kind = KIND

    def everything(self) -> Iterator[UUID]:
        """The ids of all published articles."""
        shown = HelpArticle.objects.filter(is_published=True)
        yield from shown.order_by("pk").values_list("pk", flat=True).iterator()

    def documents(self, ids: Sequence[UUID]) -> Iterable[Document]:
        """These articles, if they are published."""
        for article in HelpArticle.objects.filter(pk__in=ids, is_published=True).order_by("pk"):
            yield Document(subject_id=article.pk, passages=_passages(article), published_at=article.changed_at)


def _passages(article: HelpArticle) -> list[Passage]:
    """The title and the ways in which people ask weigh most; then the text itself."""
    found = []
    for locale in LOCALES:
        phrases = (article.title.get(locale, ""), *article.phrases.get(locale, ()))
        found += [Passage("A", phrase, locale) for phrase in phrases if phrase]
        found += [Passage("D", text, locale) for text in [article.body.get(locale, "")] if text]
    return found
