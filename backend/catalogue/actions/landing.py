"""The products of one piece of a table: new ones are written together, known ones only where they differ."""

import itertools
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.catalogue.actions.prices import change_price
from backend.catalogue.actions.revisions import ENTITY, save_revision, submit_revision
from backend.catalogue.models import (
    OPEN_STATES,
    CatalogueImport,
    PriceChange,
    Product,
    ProductOption,
    ProductPicture,
    ProductRevision,
    ProductState,
    RevisionState,
    Variant,
)
from backend.catalogue.rules import missing_before_publishing, variant_title
from backend.catalogue.rules.content import Content
from backend.catalogue.rules.revisions import EDITABLE
from backend.catalogue.selectors.content import content_of
from backend.catalogue.selectors.tables import (
    highest_references,
    known_things,
    owners_of_skus,
    products_by_slug,
)
from backend.catalogue.tables.columns import HANDLE, SKU
from backend.catalogue.tables.judging import Judged, Problem, judge, problem_of_fit
from backend.catalogue.tables.reading import Row
from backend.core.errors import DomainError
from backend.core.ids import new_id
from backend.core.state_log import StateLog, log_moves

_SUM = re.compile(r"[0-9a-f]{64}")
REASON_OF = {"REVISION_CLOSED": "in_review", "SKU_TAKEN": "sku_taken", "VARIANT_MISMATCH": "options"}


class Landing:
    """What one piece brings, gathered and then written. Belongs to one transaction."""

    def __init__(self, table: CatalogueImport, *, now: datetime) -> None:
        self.table, self.now = table, now
        self.made = self.changed = self.unchanged = 0
        self.refused: list[tuple[Row, str, dict[str, object]]] = []
        self.stock: dict[str, int] = {}
        self.fresh: list[Judged] = []

    def prepare(self, groups: Sequence[Sequence[Row]]) -> None:
        """Look up, once for all products of the piece, what their rows speak of."""
        header = self.table.header
        cells = [cell for rows in groups for row in rows for cell in row.cells]
        self.known = known_things(found for cell in cells for found in _SUM.findall(cell))
        self.products = products_by_slug([_cell(rows[0], header.index(HANDLE)) for rows in groups])
        place = header.index(SKU) if SKU in header else None
        skus = {_cell(row, place) for rows in groups for row in rows} if place is not None else set()
        self.owners: dict[str, UUID | str] = dict(owners_of_skus(skus))
        ids = [product.pk for product in self.products.values()]
        self.highest = highest_references(ids)
        open_ones = ProductRevision.objects.filter(product_id__in=ids, state__in=OPEN_STATES)
        self.revisions = {revision.product_id: revision for revision in open_ones}

    def take(self, rows: Sequence[Row]) -> None:
        """Judge the rows of one product; a known one is written at once, a new one with the others.

        Raises: Problem.
        """
        product = self.products.get(_cell(rows[0], self.table.header.index(HANDLE)))
        before = self._before(product)
        judged = judge(self.table.header, rows, known=self.known, before=before)
        number = rows[0].number
        content = judged.content
        if wrong := problem_of_fit(content, self.known.definitions.get(content.category_id, ()), number):
            raise wrong
        owner: UUID | str = product.pk if product else judged.handle
        for sku in (each.sku for each in content.variants):
            if self.owners.get(sku, owner) != owner:
                raise Problem(number, "sku_taken", {"value": sku})
        self._check_compare_at(judged, product)
        if product is None:
            if judged.status == ProductState.RETIRED:
                raise Problem(number, "status", {"value": "archived"})
            self.fresh.append(judged)
            self.owners.update({each.sku: owner for each in content.variants})
            self.made += 1
        elif self._change(product, before, judged, number):
            self.changed += 1
        else:
            self.unchanged += 1
        self.stock.update(judged.stock)

    def write(self) -> None:
        """Write the new products with one statement per table."""
        products: list[Product] = []
        options: list[ProductOption] = []
        variants: list[Variant] = []
        pictures: list[ProductPicture] = []
        prices: list[PriceChange] = []
        revisions: list[ProductRevision] = []
        moves: list[StateLog] = []
        for judged in self.fresh:
            product = self._product(judged)
            products.append(product)
            options += _options(product, judged.content)
            made = _variants(product, judged.content)
            variants += made
            prices += [
                PriceChange(
                    product=product,
                    variant=each,
                    price_minor=each.price_minor,
                    changed_by_id=self.table.owner_id,
                    at=self.now,
                )
                for each in made
            ]
            pictures += _pictures(product, judged.content)
            revision, logged = self._revision(product, judged)
            revisions.append(revision)
            moves += logged
        Product.objects.bulk_create(products)
        ProductOption.objects.bulk_create(options)
        Variant.objects.bulk_create(variants)
        PriceChange.objects.bulk_create(prices)
        ProductPicture.objects.bulk_create(pictures)
        ProductRevision.objects.bulk_create(revisions)
        log_moves(moves)

    def _before(self, product: Product | None) -> dict[str, Any] | None:
        """What is compared: the open revision, if there is one, else what stands in the tables."""
        if product is None:
            return None
        revision = self.revisions.get(product.pk)
        return dict(revision.content) if revision else content_of(product).as_row()

    def _check_compare_at(self, judged: Judged, product: Product | None) -> None:
        prices = [each.price_minor for each in judged.content.variants]
        own = min(prices, default=0)
        highest = self.highest.get(product.pk, own) if product else own
        for number, asked in judged.compare_at.items():
            if asked > max(highest, own):
                raise Problem(number, "compare_at", {"value": f"{asked // 100}.{asked % 100:02d}"})

    def _change(self, product: Product, before: dict[str, Any] | None, judged: Judged, number: int) -> bool:
        """Write what differs: prices at once, everything else as a revision for review."""
        prices = self._new_prices(product, judged.content)
        row = judged.content.as_row()
        is_same = _without_prices(row) == _without_prices(before or {})
        if product.state == ProductState.DRAFT:
            is_same, prices = row == before, {}
        if is_same and not prices:
            return False
        if product.state == ProductState.RETIRED:
            raise Problem(number, "retired")
        revision = self.revisions.get(product.pk)
        if not is_same and revision is not None and revision.state not in EDITABLE:
            raise Problem(number, "in_review")
        try:
            with transaction.atomic():
                self._write_change(
                    product, row, prices, is_same=is_same, is_active=judged.status == ProductState.PUBLISHED
                )
        except DomainError as refusal:
            raise Problem(number, REASON_OF.get(refusal.code, "content"), {"value": refusal.text}) from refusal
        return True

    def _write_change(
        self, product: Product, row: dict[str, Any], prices: dict[UUID, int], *, is_same: bool, is_active: bool
    ) -> None:
        for variant_id, price in prices.items():
            change_price(variant_id=variant_id, price_minor=price, changed_by=self.table.owner_id, now=self.now)
        if is_same:
            return
        owner_id = self.table.owner_id
        revision = save_revision(product_id=product.pk, content=row, author_id=owner_id, now=self.now)
        if is_active and _is_complete(row):
            submit_revision(revision_id=revision.pk, author_id=owner_id, now=self.now)

    def _new_prices(self, product: Product, content: Content) -> dict[UUID, int]:
        asked = {each.sku: each.price_minor for each in content.variants}
        return {
            each.pk: asked[each.sku]
            for each in product.variants.all()
            if each.sku in asked and asked[each.sku] != each.price_minor
        }

    def _product(self, judged: Judged) -> Product:
        content = judged.content
        return Product(
            slug=judged.handle,
            title=dict(content.title),
            subtitle=dict(content.subtitle),
            description=dict(content.description),
            category_id=content.category_id,
            brand_id=content.brand_id,
            attributes=dict(content.attributes),
            price_minor=min((each.price_minor for each in content.variants), default=0),
            changed_at=self.now,
        )

    def _revision(self, product: Product, judged: Judged) -> tuple[ProductRevision, list[StateLog]]:
        """The draft of a new product, handed in if the table wants it on the shelf and nothing is missing."""
        row = judged.content.as_row()
        owner_id = self.table.owner_id
        is_handed_in = judged.status == ProductState.PUBLISHED and _is_complete(row)
        revision = ProductRevision(
            product=product,
            content=row,
            state=RevisionState.FIRST_CHECK if is_handed_in else RevisionState.DRAFT,
            round=1 if is_handed_in else 0,
            edited_by=[str(owner_id)],
            submitted_by_id=owner_id if is_handed_in else None,
            submitted_at=self.now if is_handed_in else None,
            started_at=self.now,
            changed_at=self.now,
        )
        steps = ["", RevisionState.DRAFT, *([RevisionState.FIRST_CHECK] if is_handed_in else [])]
        logged = [
            StateLog(
                id=new_id(),
                entity_type=ENTITY,
                entity_id=revision.pk,
                from_state=before,
                to_state=after,
                actor_id=owner_id,
                at=self.now,
            )
            for before, after in itertools.pairwise(steps)
        ]
        return revision, logged


def _cell(row: Row, place: int) -> str:
    return row.cells[place].strip() if place < len(row.cells) else ""


def _without_prices(row: dict[str, Any]) -> dict[str, Any]:
    variants = [{**each, "price_minor": 0} for each in row.get("variants", ())]
    return {**row, "variants": variants}


def _is_complete(row: dict[str, Any]) -> bool:
    return not missing_before_publishing(
        title=row["title"], pictures_count=len(row["pictures"]), variants_count=len(row["variants"])
    )


def _options(product: Product, content: Content) -> list[ProductOption]:
    return [
        ProductOption(
            product=product,
            key=option.key,
            name=dict(option.name),
            choices=[choice.as_row() for choice in option.choices],
            position=position,
        )
        for position, option in enumerate(content.options)
    ]


def _variants(product: Product, content: Content) -> list[Variant]:
    return [
        Variant(
            product=product,
            sku=each.sku,
            title=variant_title(content.options, each),
            options={key: each.options[key] for key in sorted(each.options)},
            price_minor=each.price_minor,
            picture_id=each.picture_id,
            position=position,
        )
        for position, each in enumerate(content.variants)
    ]


def _pictures(product: Product, content: Content) -> list[ProductPicture]:
    return [
        ProductPicture(
            product=product, picture_id=each.picture_id, role=each.role, alt=dict(each.alt), position=position
        )
        for position, each in enumerate(content.pictures)
    ]
