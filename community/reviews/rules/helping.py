"""Which questions of owners help with which reason of an after-sales request."""

from collections.abc import Mapping
from datetime import timedelta

from community.reviews.models import QuestionTopic

T = QuestionTopic
TOPICS_OF: Mapping[str, tuple[QuestionTopic, ...]] = {
    "CHANGED_MIND": (T.USE,),
    "FITS_BADLY": (T.USE, T.CARE),
    "NOT_AS_DESCRIBED": (T.USE, T.DEFECT),
    "QUALITY": (T.DEFECT, T.USE, T.CARE),
    "DAMAGED": (T.DEFECT,),
    "OTHER": (T.USE, T.DEFECT, T.CARE),
}
MOST_SHOWN = 3
# Whoever says that an answer solved it and asks for nothing in this time needed no case.
SPARED_AFTER = timedelta(days=14)
COUNTED_OVER = timedelta(days=90)
MARKS_PER_DAY = 10
A_DAY = timedelta(days=1)
