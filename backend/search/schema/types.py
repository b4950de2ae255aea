"""What search answers: finds, what is said about them, counts of filters, suggestions."""

import graphene

from backend.catalogue.schema.loaders import product_of
from backend.catalogue.schema.types import HomeType, ProductType
from backend.core.graphql import BigInt, DateTime, ObjectType, connection, extend, object_field
from backend.search.rules.needs import KINDS

extend(
    HomeType,
    hot_searches=object_field(
        graphene.List(graphene.NonNull(graphene.String)),
        lambda row, info: row["hot_searches"],
        required=True,
        size=10,
        description="What many people looked for in the last days.",
    ),
)

SearchHelp = graphene.Enum(
    "SearchHelp",
    [(name, name) for name in ("NONE", "FEW", "FEWER_WORDS", "RELATED", "POPULAR", "MENTIONED", "OUTSIDE", "LEARNT")],
    description="How far the finds are from what was asked: all fit; few fit and others follow; they fit fewer of the "
    "words; they hold parts of the words; nothing fits and these are popular; a question was asked and at most a few "
    "things bear its words; none keeps to the price, rating or sales that were named; nothing "
    "fits, and these fit what people meant by the words.",
)
SearchReasonKind = graphene.Enum(
    "SearchReasonKind",
    [(name, name) for name in ("BOUGHT", "LOOKED", "LIKED", "DISLIKED")],
    description="What the viewer did with another product of the shelf or brand: bought it, opened it, rated it well, "
    "or rated it badly, which is why this one stands lower.",
)
SuggestionKind = graphene.Enum(
    "SearchSuggestionKind",
    [(name, name) for name in ("HISTORY", "HOT", "WORDS", "PRODUCT")],
    description="Where a suggestion comes from: the viewer's own searches, hot ones, words that go on so, a product.",
)


class SearchCorrectionType(ObjectType):
    """What was typed, and what it was taken for."""

    typed = graphene.String(required=True, description="What was typed.")
    meant = graphene.String(required=True, description="What it was taken for, in the reader's script.")


class SearchReasonType(ObjectType):
    """Why a find stands elsewhere for the viewer."""

    kind = graphene.Field(SearchReasonKind, required=True, description="What the viewer did.")
    product = graphene.Field(ProductType, required=True, description="With what.")


class SearchFindType(ObjectType):
    """One thing that was found."""

    product = graphene.Field(ProductType, required=True, description="The product.")
    why = graphene.Field(SearchReasonType, description="Why it stands elsewhere for the viewer; empty if it does not.")


class SearchChoiceType(ObjectType):
    """One choice of a filter."""

    value = graphene.String(required=True, description="What to put into the filter.")
    label = graphene.String(required=True, description="What the shopper reads.")
    count = graphene.Int(required=True, description="How many finds it would leave.")


class SearchAttributeType(ObjectType):
    """One attribute to filter by."""

    key = graphene.String(required=True, description="The attribute.")
    label = graphene.String(required=True, description="What the shopper reads.")
    values = graphene.List(graphene.NonNull(SearchChoiceType), required=True, description="Its values.")


class SearchPriceRangeType(ObjectType):
    """One range of prices."""

    lowest = graphene.Field(BigInt, required=True, description="From this many fen.")
    highest = graphene.Field(BigInt, description="To less than this many fen; open if empty.")
    count = graphene.Int(required=True, description="How many finds it would leave.")


class SearchStepType(ObjectType):
    """At least so much."""

    value = graphene.Int(required=True, description="The least value; ratings in tenths.")
    count = graphene.Int(required=True, description="How many finds it would leave.")


class SearchCountsType(ObjectType):
    """How many finds each choice of each filter would leave, leaving that filter's own choice out."""

    categories = graphene.List(graphene.NonNull(SearchChoiceType), required=True, description="By shelf.")
    brands = graphene.List(graphene.NonNull(SearchChoiceType), required=True, description="By brand.")
    attributes = graphene.List(graphene.NonNull(SearchAttributeType), required=True, description="By attribute.")
    prices = graphene.List(graphene.NonNull(SearchPriceRangeType), required=True, description="By price.")
    ratings = graphene.List(graphene.NonNull(SearchStepType), required=True, description="By least rating.")
    sold = graphene.List(graphene.NonNull(SearchStepType), required=True, description="By least sales.")
    in_stock = graphene.Int(required=True, description="Those that can be had now.")
    has_group = graphene.Int(required=True, description="Those that can be bought together now.")


class SponsoredType(ObjectType):
    """A product that the shop shows among the finds, and that must be marked as such. It fits every word."""

    id = graphene.ID(required=True, description="The placement, to be named when it is opened.")
    place = graphene.Int(required=True, description="Its place among all that is shown, from one.")
    product = graphene.Field(ProductType, required=True, description="The product.")


class SearchType(ObjectType):
    """The answer to one search."""

    words = graphene.String(required=True, description="What was typed.")
    shown_for = graphene.String(description="What the finds are for, where that is not what was typed.")
    corrections = graphene.List(
        graphene.NonNull(SearchCorrectionType), required=True, description="What was taken for something else."
    )
    help = graphene.Field(SearchHelp, required=True, description="How far the finds are from what was asked.")
    also_for = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        description="Other words that people meant by these, in the reader's script; their finds stand after those "
        "that fit.",
    )
    count = graphene.Int(required=True, description="How many finds there are, at most 2,000.")
    is_more = graphene.Boolean(required=True, description="Whether there are more than are counted.")
    exact_count = graphene.Int(required=True, description="How many of them fit every word; they come first.")
    count_without_filter = graphene.Int(required=True, description="How many there are without any filter.")
    lowest_price = graphene.Field(BigInt, description="The lowest price that the words named, in fen.")
    highest_price = graphene.Field(BigInt, description="The highest price that the words named, in fen.")
    least_rating = graphene.Float(description="The least rating that the words named.")
    least_sold = graphene.Int(description="The least sales that the words named.")
    left_out = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        description="What the words said is not wanted, in the reader's script; no find holds it.",
    )
    sponsored = graphene.List(
        graphene.NonNull(SponsoredType),
        required=True,
        description="What the shop shows between the finds of a first page by relevance; it is always to be marked.",
    )
    finds = graphene.Field(connection(SearchFindType), required=True, description="The finds of this page.")
    is_personal = object_field(
        graphene.Boolean,
        lambda row, info: row["is_personal"],
        personal=True,
        required=True,
        description="Whether this page is in the viewer's own order.",
    )
    counts = graphene.Field(SearchCountsType, description="The counts of the filters; read only when asked for.")


class SearchSuggestionType(ObjectType):
    """One line under the search field."""

    kind = graphene.Field(SuggestionKind, required=True, description="Where it comes from.")
    text = graphene.String(required=True, description="What to search for, or the name of the product.")
    product = graphene.Field(ProductType, description="The product, if it is one.")


class SearchHabitType(ObjectType):
    """What the viewer lets search do."""

    keeps_history = graphene.Boolean(required=True, description="Whether searches are kept for the viewer.")
    is_personal = graphene.Boolean(required=True, description="Whether finds may stand in the viewer's own order.")


class SynonymType(ObjectType):
    """Words of which the staff say that they mean the same."""

    id = graphene.ID(required=True, description="The line's id.")
    line = graphene.String(required=True, description="The line as it is written: `a = b > c`.")
    changed_at = graphene.Field(DateTime, required=True, description="When it was last changed.")


class SearchedWordsType(ObjectType):
    """Words that people looked for."""

    words = graphene.String(required=True, description="What was typed.")
    searches = graphene.Int(required=True, description="How often.")
    people = graphene.Int(required=True, description="By how many people, counted week by week.")
    last_at = graphene.Field(DateTime, required=True, description="When last.")


class SearchReportType(ObjectType):
    """How search has done in the last thirty days."""

    searches = graphene.Int(required=True, description="How many searches there were.")
    without_finds = graphene.Int(required=True, description="How many found nothing that fits every word.")
    opened = graphene.Int(required=True, description="After how many something was opened.")
    missing = graphene.List(
        graphene.NonNull(SearchedWordsType), required=True, description="What was not found, most people first."
    )
    unopened = graphene.List(
        graphene.NonNull(SearchedWordsType), required=True, description="What was found and never opened."
    )


NeedKindEnum = graphene.Enum(
    "SearchNeedKind",
    [(name, name) for name in KINDS],
    description="What kind of need it is: for whom, for which day, for which weather, against what, for doing what.",
)


class NeedType(ObjectType):
    """What people say who do not name a thing, and what answers it."""

    code = graphene.String(required=True, description="The need.")
    kind = graphene.Field(NeedKindEnum, required=True, description="What kind of need it is.")
    says = graphene.List(graphene.NonNull(graphene.String), required=True, description="The ways to say it.")
    finds = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="The words that answer it, the best first."
    )
    shelves = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="Shelves of which everything answers it, by slug."
    )
    attributes = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="Attributes that answer it, as `key=value`."
    )
    is_on = graphene.Boolean(required=True, description="Whether search knows of it.")
    is_own = graphene.Boolean(required=True, description="Whether the staff wrote it.")
    is_shipped = graphene.Boolean(required=True, description="Whether it came with the shop, changed or not.")


AssociationState = graphene.Enum(
    "SearchAssociationState",
    [(name, name) for name in ("ON", "OFF", "FIXED")],
    description="Whether it is shown, was switched off by the staff, or was made a line of synonyms.",
)


class AssociationType(ObjectType):
    """Other words that people meant by some: who gave up on these searched for those next and opened a find."""

    id = graphene.ID(required=True, description="What was learnt, the same every night.")
    words = graphene.String(required=True, description="On which words people gave up.")
    also = graphene.String(required=True, description="For which they searched next.")
    people = graphene.Int(required=True, description="By how many people, in the week in which most did.")
    people_given_up = graphene.Int(required=True, description="Of how many who gave up on the words.")
    people_carted = graphene.Int(required=True, description="How many put what they found in the cart, or bought it.")
    people_bought = graphene.Int(required=True, description="How many bought it.")
    last_at = graphene.Field(DateTime, required=True, description="When somebody did so last.")
    state = graphene.Field(AssociationState, required=True, description="What becomes of it.")


class LearntType(ObjectType):
    """What was learnt of one product for some words, and what that rests on. Each person counts once a week."""

    product = graphene.Field(ProductType, required=True, description="The product.")
    step = graphene.Float(
        required=True, description="How far it moves, in the unit of the score; a word in the name is worth one."
    )
    lift = graphene.Float(required=True, description="What it brought, as a multiple of what its places would have.")
    expected = graphene.Float(
        required=True, description="What its places alone would have brought, older rows counting less."
    )
    people_shown = graphene.Int(required=True, description="How many people had it on their page.")
    people_opened = graphene.Int(required=True, description="How many opened it.")
    people_carted = graphene.Int(required=True, description="How many put it in the cart, or bought it.")
    people_bought = graphene.Int(required=True, description="How many bought it.")


class LearntWishType(ObjectType):
    """Words for which something was learnt."""

    words = graphene.String(required=True, description="The words, as they were understood.")
    products = graphene.Int(required=True, description="How many products stand elsewhere.")
    openings = graphene.Int(required=True, description="How many openings by different people it rests on.")


class SearchLearningType(ObjectType):
    """Whether the order of finds learns, and where it has learnt most."""

    is_on = graphene.Boolean(required=True, description="Whether it learns.")
    wishes = graphene.List(
        graphene.NonNull(LearntWishType), required=True, description="For which words, the most openings first."
    )


PlacementState = graphene.Enum(
    "PlacementState",
    [(name, name) for name in ("WAITING", "RUNNING", "SPENT", "ENDED", "STOPPED")],
    description="How a placement stands: not begun, shown, its openings used up, its time over, stopped by the staff.",
)


class PlacementType(ObjectType):
    """A product that is shown, marked, among the finds for some words or a shelf."""

    id = graphene.ID(required=True, description="The placement.")
    product = object_field(
        ProductType,
        lambda row, info: product_of(info, row["product_id"]),
        description="The product; empty once it has left the shelf.",
    )
    words = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="For searches that contain one of these."
    )
    category = graphene.String(description="Also where the best find stands on this shelf, by slug.")
    starts_at = graphene.Field(DateTime, required=True, description="From when it is shown.")
    ends_at = graphene.Field(DateTime, required=True, description="Until when.")
    openings_limit = graphene.Int(description="After how many openings it ends; empty for no limit.")
    openings_count = graphene.Int(
        required=True, description="How often it was opened, each person once a day. The order learns nothing from it."
    )
    state = graphene.Field(PlacementState, required=True, description="How it stands now.")
