"""Shelves, brands, what is stated on each shelf, and banners."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from backend.catalogue.errors import AttributeInUse, AttributeTaken, CategoryTooDeep, SlugTaken
from backend.catalogue.events import BannerChanged, CategoryChanged
from backend.catalogue.models import AttributeDefinition, AttributeType, Banner, Brand, Category, Product, TryOn
from backend.catalogue.rules import NewChoice, Texts, has_all_languages
from backend.catalogue.rules.categories import DEEPEST, depth_under, height_of, levels_below, stands_in
from backend.catalogue.rules.content import KEY
from backend.core.errors import InvalidInput, NotFound
from backend.core.locks import advisory_lock, lock_one
from backend.core.outbox import emit
from backend.core.pictures.models import Picture

TREE = "category_tree"


@transaction.atomic
def create_category(
    *,
    slug: str,
    name: Texts,
    picture_id: UUID,
    position: int = 0,
    parent_id: UUID | None = None,
    try_on: TryOn | None = None,
    now: datetime,
) -> Category:
    """Put up a new shelf, at the top or in another one.

    Raises: SlugTaken, CategoryTooDeep, NotFound, InvalidInput.
    Emits: CategoryChanged.
    """
    _check_words(slug, name)
    advisory_lock(TREE, "all")
    parents = _parents()
    if parent_id is not None and parent_id not in parents:
        raise NotFound
    depth = depth_under(parents, parent_id)
    if depth > DEEPEST:
        raise CategoryTooDeep
    if Category.objects.filter(slug=slug).exists():
        raise SlugTaken(slug=slug)
    _check_picture(picture_id)
    category = Category.objects.create(
        slug=slug,
        name=dict(name),
        picture_id=picture_id,
        position=position,
        parent_id=parent_id,
        depth=depth,
        try_on=try_on or "",
    )
    emit(CategoryChanged(category_id=category.id, at=now))
    return category


@transaction.atomic
def change_category(
    *,
    category_id: UUID,
    name: Texts,
    picture_id: UUID,
    position: int,
    parent_id: UUID | None,
    try_on: TryOn | None = None,
    now: datetime,
) -> Category:
    """Rename a shelf, put it somewhere else with all that stands in it, or say where its colours can be tried on.

    Raises: NotFound, CategoryTooDeep, InvalidInput.
    Emits: CategoryChanged.
    """
    _check_words("ok", name)
    advisory_lock(TREE, "all")
    category = lock_one(Category, category_id)
    parents = _parents()
    if parent_id is not None and parent_id not in parents:
        raise NotFound
    if stands_in(parents, category_id, parent_id):
        raise CategoryTooDeep
    depth = depth_under(parents, parent_id)
    if depth + height_of(parents, category_id) - 1 > DEEPEST:
        raise CategoryTooDeep
    _check_picture(picture_id)
    category.name = dict(name)
    category.picture_id = picture_id
    category.position = position
    category.parent_id = parent_id
    category.depth = depth
    category.try_on = try_on or ""
    category.save(update_fields=["name", "picture", "position", "parent", "depth", "try_on"])
    for below, levels in levels_below(parents, category_id).items():
        Category.objects.filter(pk=below).update(depth=depth + levels)
    emit(CategoryChanged(category_id=category.id, at=now))
    return category


@transaction.atomic
def save_brand(
    *, slug: str, name: Texts, logo_id: UUID | None = None, brand_id: UUID | None = None, now: datetime
) -> Brand:
    """Write down a brand, or other words for one that is there.

    Raises: NotFound, SlugTaken, InvalidInput.
    Emits: CategoryChanged.
    """
    _check_words(slug, name)
    if logo_id is not None:
        _check_picture(logo_id)
    taken_by = Brand.objects.filter(slug=slug).values_list("pk", flat=True).first()
    if taken_by is not None and taken_by != brand_id:
        raise SlugTaken(slug=slug)
    if brand_id is None:
        return Brand.objects.create(slug=slug, name=dict(name), logo_id=logo_id)
    brand = lock_one(Brand, brand_id)
    brand.slug = slug
    brand.name = dict(name)
    brand.logo_id = logo_id
    brand.save(update_fields=["slug", "name", "logo"])
    emit(CategoryChanged(category_id=brand.id, at=now))
    return brand


@transaction.atomic
def define_attribute(
    *,
    category_id: UUID,
    key: str,
    name: Texts,
    type: str,  # noqa: A002 - the trade's word
    unit: str = "",
    choices: Sequence[NewChoice] = (),
    is_required: bool = False,
    position: int = 0,
    now: datetime,
) -> AttributeDefinition:
    """Say what is stated of every product on a shelf and in it; a key that is there already gets the new words.

    Raises: NotFound, AttributeTaken, AttributeInUse, InvalidInput.
    Emits: CategoryChanged.
    """
    _check_words(key, name, field="key")
    if type not in AttributeType.values:
        raise InvalidInput("type")
    if bool(choices) != (type == AttributeType.CHOICE) or len({each.key for each in choices}) < len(choices):
        raise InvalidInput("choices")
    if len(unit) > 20:
        raise InvalidInput("unit")
    advisory_lock(TREE, "all")
    lock_one(Category, category_id)
    parents = _parents()
    around = {
        other for other in parents if stands_in(parents, other, category_id) or stands_in(parents, category_id, other)
    }
    if AttributeDefinition.objects.filter(key=key, category_id__in=around - {category_id}).exists():
        raise AttributeTaken(key=key)
    known = AttributeDefinition.objects.filter(category_id=category_id, key=key).first()
    if known is not None and known.type != type:
        _check_unused(known, parents)
    columns = {
        "name": dict(name),
        "type": type,
        "unit": unit,
        "choices": [{"key": each.key, "label": dict(each.label)} for each in choices],
        "is_required": is_required,
        "position": position,
    }
    definition, _made = AttributeDefinition.objects.update_or_create(category_id=category_id, key=key, defaults=columns)
    emit(CategoryChanged(category_id=category_id, at=now))
    return definition


@transaction.atomic
def remove_attribute(*, attribute_id: UUID, now: datetime) -> AttributeDefinition:
    """No longer ask for this; only while no product states it.

    Raises: NotFound, AttributeInUse.
    Emits: CategoryChanged.
    """
    advisory_lock(TREE, "all")
    definition = lock_one(AttributeDefinition, attribute_id)
    _check_unused(definition, _parents())
    AttributeDefinition.objects.filter(pk=attribute_id).delete()
    emit(CategoryChanged(category_id=definition.category_id, at=now))
    return definition


@transaction.atomic
def put_up_banner(
    *,
    title: Texts,
    subtitle: Texts,
    action: Texts,
    path: str,
    picture_id: UUID,
    starts_at: datetime,
    ends_at: datetime | None = None,
    position: int = 0,
    now: datetime,
) -> Banner:
    """Show a theme at the top of the home page within its window.

    Emits: BannerChanged.
    """
    banner = Banner.objects.create(
        title=dict(title),
        subtitle=dict(subtitle),
        action=dict(action),
        path=path,
        picture_id=picture_id,
        starts_at=starts_at,
        ends_at=ends_at,
        position=position,
    )
    emit(BannerChanged(banner_id=banner.id, at=now))
    return banner


def _parents() -> dict[UUID, UUID | None]:
    return dict(Category.objects.values_list("pk", "parent_id"))


def _check_words(slug: str, name: Texts, *, field: str = "slug") -> None:
    if not KEY.fullmatch(slug):
        raise InvalidInput(field)
    if not isinstance(name, dict) or not all(isinstance(text, str) and len(text) <= 80 for text in name.values()):
        raise InvalidInput("name")
    if not has_all_languages(name):
        raise InvalidInput("name")


def _check_picture(picture_id: UUID) -> None:
    if not Picture.objects.filter(pk=picture_id).exists():
        raise NotFound(field="pictureId")


def _check_unused(definition: AttributeDefinition, parents: dict[UUID, UUID | None]) -> None:
    below = [other for other in parents if stands_in(parents, definition.category_id, other)]
    count = Product.objects.filter(category_id__in=below, attributes__has_key=definition.key).count()
    if count:
        raise AttributeInUse(products_count=count)
