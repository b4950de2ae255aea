"""The lexicon by which reviews are read."""

from django.db import transaction

from backend.core.errors import InvalidInput
from backend.core.locks import advisory_lock
from backend.search.rules.folding import fold
from community.reviews.models import Aspect, AspectWord, Polarity

LONGEST_WORD = 30


@transaction.atomic
def save_aspect_word(*, word: str, aspect: str | None, polarity: int, is_kept: bool) -> AspectWord | None:
    """Put a word into the lexicon, give it another meaning, or take it out. Reviews written from now on are read so.

    Raises: InvalidInput.
    """
    folded = fold(word).strip()
    if not folded or len(folded) > LONGEST_WORD:
        raise InvalidInput("word")
    advisory_lock("reviews.word", folded)
    if not is_kept:
        AspectWord.objects.filter(word=folded).delete()
        return None
    if polarity not in Polarity.values or (aspect is None and not polarity):
        raise InvalidInput("polarity")
    if aspect is not None and not Aspect.objects.filter(pk=aspect).exists():
        raise InvalidInput("aspect")
    kept, _is_new = AspectWord.objects.update_or_create(
        word=folded, defaults={"aspect_id": aspect, "polarity": polarity}
    )
    return kept
