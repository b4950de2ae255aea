"""What somebody meant who typed pinyin, initials, a wrong sign of the same sound, or a slip of the fingers."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from backend.search.rules.folding import is_han, is_letters
from backend.search.rules.sounding import sound, windows
from backend.search.rules.synonyms import empty_words
from backend.search.rules.wishes import Correction
from backend.search.selectors import lexicon
from backend.search.selectors.lexicon import KnownWord
from backend.search.selectors.stems import stems_of

MOST_MEANT = 3
LONGEST_INITIALS = 6
SHORTEST_SLIP = 4
SHORTEST_BEGINNING = 3
LONGEST_LATIN = 30


def corrected_latin(typed: str) -> Correction | None:
    """What Latin letters stand for that no document holds: sounds, initials, the beginning of a word, or a slip."""
    letters = typed.replace(" ", "").replace("'", "")
    if not is_letters(letters) or not 2 <= len(letters) <= LONGEST_LATIN:
        return None
    if found := lexicon.sounding_like([letters]):
        return _meant(typed, found)
    if len(letters) <= LONGEST_INITIALS and (found := _plainest(lexicon.begun_by(letters))):
        return _meant(typed, found)
    if len(letters) >= SHORTEST_BEGINNING and " " not in typed and (found := lexicon.beginning_with(letters)):
        return _meant(typed, found)
    if " " not in typed and (found := _slips(letters)):
        return _meant(typed, found[:1])
    if len(letters) > 2 and (found := lexicon.shortened_to(letters)):
        return _meant(typed, [each for each in found if len(each.word) == len(found[0].word)])
    if len(letters) > SHORTEST_SLIP:
        return _meant(typed, _nearest_sounds(letters)[:1])
    return None


def corrected_han(text: str, *, around: Sequence[str] = ()) -> Correction | None:
    """The word that some stretch of the signs sounds like; the longest stretch, and exact sounds, before near ones.

    Only stretches that hold one of `around` are tried, if any are named, and none with a sign that says nothing.
    """
    stretches = [stretch for stretch in windows(text) if _may_be_wrong(stretch, around)]
    by_sound: dict[str, list[KnownWord]] = {}
    for each in lexicon.sounding_like(sound(stretch) for stretch in stretches):
        by_sound.setdefault(each.sound, []).append(each)
    for stretch in stretches:
        found = [each for each in by_sound.get(sound(stretch), ()) if len(each.word) == len(stretch)]
        if found and all(each.word != stretch for each in found):
            return _meant(stretch, found)
    return _near_han([stretch for stretch in stretches if len(stretch) > 2])


def _may_be_wrong(stretch: str, around: Sequence[str]) -> bool:
    return not empty_words().intersection(stretch) and (not around or any(word in stretch for word in around))


def _near_han(stretches: Sequence[str]) -> Correction | None:
    """A word of the same length with most of the same signs that sounds nearly the same."""
    if not stretches:
        return None
    candidates = lexicon.near_sounds([sound(stretch) for stretch in stretches])
    for stretch in stretches:
        near = [each for each in candidates if _is_near(stretch, each)]
        if near and all(each.word != stretch for each in candidates):
            return _meant(stretch, near[:1])
    return None


def _is_near(stretch: str, known: KnownWord) -> bool:
    if len(known.word) != len(stretch):
        return False
    same = sum(mine == other for mine, other in zip(stretch, known.word, strict=True))
    return same >= len(stretch) - 1


def _slips(letters: str) -> list[KnownWord]:
    """Latin words within one slip, or two in a long word."""
    if len(letters) < SHORTEST_SLIP:
        return []
    most = 1 if len(letters) < 7 else 2
    stem = stems_of([letters])[letters]
    measured = [
        (min(OSA.distance(letters, each.word), OSA.distance(stem, each.stem)), each)
        for each in lexicon.near_words(letters)
    ]
    near = [(slips, each) for slips, each in measured if slips <= most and each.word[0] == letters[0]]
    return [each for _slips_made, each in sorted(near, key=lambda pair: (pair[0], not pair[1].is_name))]


def _nearest_sounds(letters: str) -> list[KnownWord]:
    measured = [(OSA.distance(letters, each.sound, score_cutoff=1), each) for each in lexicon.near_sounds([letters])]
    return [each for slips, each in sorted(measured, key=lambda pair: pair[0]) if slips <= 1]


def _plainest(found: list[KnownWord]) -> list[KnownWord]:
    """Whole words if there are any, else phrases."""
    return [each for each in found if not each.is_phrase] or found


def _meant(typed: str, found: Sequence[KnownWord]) -> Correction | None:
    meant = tuple(dict.fromkeys(each.word for each in _plainest(list(found))))[:MOST_MEANT]
    return Correction(typed, meant) if meant else None


def han_runs(text: str) -> list[str]:
    """The stretches of Chinese signs in a text, without what stands between them."""
    runs: list[str] = []
    current = ""
    for sign in text + " ":
        if is_han(sign):
            current += sign
        elif current:
            runs.append(current)
            current = ""
    return runs
