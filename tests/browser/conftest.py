"""The shop and the browser, started once for all tests of this folder and stopped before other tests begin."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Unpack

import pytest
from playwright.sync_api import Browser, expect
from pytest_django import DjangoDbBlocker

from backend.core.embedded.places import data_folder
from tests.browser.person import Device, Person
from tests.browser.stack import Stack, running_stack
from tests.support.browser import chromium

# A page waits for what it shows; this is only how long until a test gives up, on a machine that is busy.
PATIENCE_MILLISECONDS = 40_000
ARTIFACTS = data_folder() / "artifacts" / "browser"


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


@pytest.fixture
def meet(shop: Stack, chrome: Browser, artifacts: Path) -> Iterator[Callable[..., Person]]:
    """Somebody with a device. When the test is over, none of their pages may have complained."""
    people: list[Person] = []

    def come(name: str, **device: Unpack[Device]) -> Person:
        people.append(Person(name, chrome=chrome, shop=shop, artifacts=artifacts, **device))
        return people[-1]

    yield come
    complaints = [complaint for person in people for complaint in person.complaints]
    for person in people:
        person.leave()
    assert complaints == []
