"""What a page of rows needs from elsewhere, read once for all of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from backend.accounts.selectors import public_people
from backend.catalogue.selectors.lists import product_rows
from backend.core.graphql import Page
from referrals.influencers.rules.moves import UNDER_WAY
from referrals.influencers.selectors.campaigns import raised_rates_of
from referrals.influencers.selectors.earnings import disputes_of, entries_of_commissions
from referrals.influencers.selectors.members import identities_of
from referrals.influencers.selectors.payouts import items_of
from referrals.influencers.selectors.work import contents_of, rates_at, rates_to_come


def found(info: Any, name: str, key: Any) -> Any:
    """What was remembered for a key."""
    return info.context.loaders.get(f"creators.{name}", {}).get(key)


def remember(info: Any, name: str, keys: Iterable[Any], fetch: Callable[[Sequence[Any]], Mapping[Any, Any]]) -> None:
    """Read what is not known yet for several keys at once."""
    known = info.context.loaders.setdefault(f"creators.{name}", {})
    wanted = [key for key in dict.fromkeys(keys) if key is not None and key not in known]
    if wanted:
        known.update(dict.fromkeys(wanted))
        known.update(fetch(wanted))


def with_products(info: Any, page: Page) -> Page:
    """Briefs with their products."""
    _products(info, [row.product_id for row in page.nodes])
    return page


def with_work(info: Any, page: Page) -> Page:
    """Collaborations with products, newest contents, people and rates."""
    rows = page.nodes
    _products(info, [row.product_id for row in rows])
    remember(info, "people", [row.promoter_id for row in rows], public_people)
    remember(info, "content", [row.pk for row in rows], contents_of)
    return page


def with_own_work(info: Any, page: Page) -> Page:
    """Collaborations of one creator, with the rates that hold and those to come."""
    now, owner = info.context.now, info.context.viewer.id
    remember(info, "rates", [owner], lambda ids: {each: rates_at(each, at=now) for each in ids})
    remember(info, "coming", [owner], lambda ids: {each: rates_to_come(each, at=now) for each in ids})
    earning = {row.product_id for row in page.nodes if row.state in UNDER_WAY}
    remember(info, "campaigns", [owner], lambda ids: {each: raised_rates_of(each, earning, at=now) for each in ids})
    return with_work(info, page)


def with_people(info: Any, page: Page, *, of: str = "user_id", identities: bool = False) -> Page:
    """Rows with the people they are about, and their masked particulars where they are asked for."""
    ids = [getattr(row, of) for row in page.nodes]
    remember(info, "people", ids, public_people)
    if identities:
        remember(info, "identity", ids, identities_of)
    return page


def with_lines(info: Any, page: Page, *, of: str = "") -> Page:
    """Commissions with their entries and disputes; `of` names the attribute that holds the commission."""
    rows = [getattr(row, of) if of else row for row in page.nodes]
    ids = [row.pk for row in rows if row is not None]
    remember(info, "entries", ids, entries_of_commissions)
    remember(info, "dispute", ids, disputes_of)
    return page


def with_items(info: Any, page: Page) -> Page:
    """Batches with their items, the creators of these, and who approved."""
    remember(info, "items", [batch.pk for batch in page.nodes], items_of)
    people: list[UUID | None] = []
    for batch in page.nodes:
        people += [item.promoter_id for item in found(info, "items", batch.pk) or []]
        people += [batch.opened_by_id, batch.first_approver_id, batch.second_approver_id]
    remember(info, "people", people, public_people)
    return page


def person(info: Any, user_id: UUID | None) -> Any:
    """Somebody who was remembered; alone, somebody who is looked up."""
    if user_id is not None:
        remember(info, "people", [user_id], public_people)
    return found(info, "people", user_id)


def _products(info: Any, ids: Sequence[UUID]) -> None:
    def fetch(wanted: Sequence[UUID]) -> Mapping[UUID, Any]:
        return product_rows(product_ids=wanted, locale=info.context.viewer.locale)

    remember(info, "product", ids, fetch)
