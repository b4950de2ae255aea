"""What belongs to the cases of one page, read once for all of them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from backend.accounts.selectors import public_people
from backend.aftersales.models import AfterSaleCase
from backend.aftersales.selectors.away import answered_by

V = TypeVar("V")
DESK_ROLES = ("support", "admin", "senior_moderator")
PAGE = "aftersales.page"


def remember_cases(info: Any, cases: Iterable[AfterSaleCase]) -> None:
    """Note which cases one answer shows, so that what belongs to them is read together."""
    known: dict[UUID, AfterSaleCase] = info.context.loaders.setdefault(PAGE, {})
    known.update({case.id: case for case in cases})


def belonging(case: AfterSaleCase, info: Any, name: str, fetch: Callable[[list[UUID]], Mapping[UUID, V]]) -> V | None:
    """Give what belongs to one case; the first call reads it for every case of the page."""
    remember_cases(info, [case])
    loaded: dict[UUID, V | None] = info.context.loaders.setdefault(f"aftersales.{name}", {})
    if case.id not in loaded:
        wanted = [case_id for case_id in info.context.loaders[PAGE] if case_id not in loaded]
        loaded.update(dict.fromkeys(wanted))
        loaded.update(fetch(wanted))
    return loaded[case.id]


def person_of(info: Any, person_id: UUID | None) -> Any:
    """Somebody who takes part in a case; all people of the page are read together."""
    if person_id is None:
        return None
    people: dict[UUID, Any] = info.context.loaders.setdefault("aftersales.people", {})
    if person_id not in people:
        cases = info.context.loaders.get(PAGE, {}).values()
        wanted = {person_id, *(case.buyer_id for case in cases), *(case.agent_id for case in cases if case.agent_id)}
        people.update(public_people(wanted - people.keys()))
    return people.get(person_id)


def answered_by_viewer(info: Any) -> set[UUID]:
    """The agents for whom the viewer answers now; read once."""
    loaders = info.context.loaders
    if "aftersales.answered" not in loaders:
        viewer = info.context.viewer.user_id
        loaders["aftersales.answered"] = answered_by(viewer, now=info.context.now) if viewer else set()
    found: set[UUID] = loaders["aftersales.answered"]
    return found


def is_at_desk(info: Any) -> bool:
    """Whether the viewer works at the desk."""
    return bool(info.context.viewer.roles & set(DESK_ROLES))
