"""The shop and the browser, started once for all tests of this folder and stopped before other tests begin."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Unpack

import pytest
from playwright.sync_api import Browser, expect
from pytest_django import DjangoDbBlocker

from backend.core.embedded.places import data_folder
from tests.browser.person import PATIENCE_MILLISECONDS, Device, Person
from tests.browser.stack import Stack, running_stack
from tests.support.browser import chromium

ARTIFACTS = data_folder() / "artifacts" / "browser"
HAS_FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="package")
def shop(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stack]:
    """The running shop."""
    with django_db_blocker.unblock(), running_stack() as stack:
        yield stack
        ARTIFACTS.mkdir(parents=True, exist_ok=True)
        for log in stack.folder.glob("*.log"):
            shutil.copy(log, ARTIFACTS)


@pytest.fixture(scope="package")
def chrome() -> Iterator[Browser]:
    """One browser for the run; each person gets a context of their own, like a device."""
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
def artifacts() -> Path:
    """Where the pictures of each step are kept."""
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    return ARTIFACTS


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that a walk has failed, for the pictures of what everybody saw."""
    report = yield
    if report.when == "call":
        item.stash[HAS_FAILED] = report.failed
    return report


@pytest.fixture
def meet(
    request: pytest.FixtureRequest, shop: Stack, chrome: Browser, artifacts: Path
) -> Iterator[Callable[..., Person]]:
    """Somebody with a device. When the test is over, none of their pages may have complained."""
    people: list[Person] = []

    def come(name: str, **device: Unpack[Device]) -> Person:
        people.append(Person(name, chrome=chrome, shop=shop, artifacts=artifacts, **device))
        return people[-1]

    yield come
    if request.node.stash.get(HAS_FAILED, False):
        for person in people:
            person.page.screenshot(path=artifacts / f"failed-{request.node.name}-{person.name}.png", full_page=True)
    complaints = [complaint for person in people for complaint in person.complaints]
    for person in people:
        person.leave()
    assert complaints == []
