"""Reading everything that a page of cases shows, with one statement for each kind of thing."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from backend.accounts.selectors import public_people
from backend.core.graphql import Viewer
from backend.core.models import Picture, Video
from community.moderation import selectors
from community.moderation.models import Case, Decision, Report, Snapshot

PARTS = "moderation.parts"
SENIORS = frozenset({"senior_moderator", "admin"})


@dataclass(frozen=True, slots=True)
class Parts:
    """What belongs to the cases of an answer."""

    cases: dict[UUID, Case]
    snapshots: dict[UUID, Snapshot]
    pictures: dict[str, Picture]
    videos: dict[UUID, Video]
    visibilities: dict[UUID, str]
    reports: dict[UUID, list[Report]]
    evidence: dict[UUID, list[str]]
    decisions: dict[UUID, list[Decision]]
    authors: dict[UUID, selectors.AuthorRecord]
    people: dict[UUID, Any]


def is_senior(viewer: Viewer) -> bool:
    """Say whether the viewer may decide what was handed up."""
    return bool(viewer.roles & SENIORS)


def prepared(info: Any, cases: list[Case]) -> list[Case]:
    """Read what some cases show."""
    info.context.loaders[PARTS] = parts_of(info, cases)
    return cases


def parts(info: Any, case: Case) -> Parts:
    """What was read for a case; the single case of a mutation is read when it is first asked for."""
    known = read(info)
    if known is None or known.cases.get(case.id) is not case:
        prepared(info, [case])
    return cast("Parts", read(info))


def parts_around(info: Any, decision: Decision) -> Parts:
    """What was read for a decision; it may be an older one about the same author."""
    known = read(info)
    if known is None or decision.case.subject_id not in known.visibilities:
        prepared(info, [decision.case])
    return cast("Parts", read(info))


def read(info: Any) -> Parts | None:
    """What was read so far for this request."""
    return cast("Parts | None", info.context.loaders.get(PARTS))


def parts_of(info: Any, cases: list[Case]) -> Parts:
    """Read the parts of some cases."""
    ids = [case.id for case in cases]
    snapshots = selectors.latest_snapshots(ids)
    reports = selectors.reports_of(ids)
    decisions = selectors.decisions_of(ids)
    authors = selectors.author_records({case.author_id for case in cases}, now=info.context.now)
    past = [decision for author in authors.values() for decision in author.history]
    shown = [decision for found in decisions.values() for decision in found] + past
    return Parts(
        cases={case.id: case for case in cases},
        snapshots=snapshots,
        pictures=selectors.pictures_of(snapshots.values()),
        videos=selectors.videos_of(snapshots.values()),
        visibilities=selectors.visibilities_of([*cases, *(decision.case for decision in past)]),
        reports=reports,
        evidence=selectors.evidence_of(cases),
        decisions=decisions,
        authors=authors,
        people=public_people(_people_in(cases, [each for found in reports.values() for each in found], shown)),
    )


def _people_in(cases: list[Case], reports: list[Report], decisions: list[Decision]) -> set[UUID]:
    people = {case.author_id for case in cases} | {case.lease_by_id for case in cases if case.lease_by_id}
    people |= {report.reporter_id for report in reports}
    people |= {decision.decided_by_id for decision in decisions}
    return people | {each.reversal.decided_by_id for each in decisions if selectors.is_reversed(each)}
