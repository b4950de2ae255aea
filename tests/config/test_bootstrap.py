"""Setting up picks the installer for the machine, and says what to do where there is none."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest

from backend.core.embedded.places import PROJECT


@pytest.fixture
def bootstrap(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", PROJECT / "requirements" / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("system", "machine", "expected"),
    [
        ("linux", "x86_64", "manylinux_2_17_x86_64"),
        ("linux", "aarch64", "manylinux_2_28_aarch64"),
        ("darwin", "arm64", "macosx_11_0_arm64"),
    ],
)
def test_the_wheel_for_the_machine_is_chosen(bootstrap, monkeypatch, system, machine, expected):
    version = bootstrap.pinned_version()
    tags = (
        "manylinux_2_17_x86_64.manylinux2014_x86_64",
        "manylinux_2_28_aarch64",
        "musllinux_1_1_x86_64",
        "macosx_11_0_arm64",
    )
    links = [f"../files/uv-{version}-py3-none-{tag}.whl#sha256=0" for tag in tags]
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(bootstrap.platform, "machine", lambda: machine)

    name, _ = bootstrap.choose_wheel(links)

    assert expected in name


def test_an_index_that_cannot_be_reached_is_said_in_one_line(bootstrap, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:1/simple")

    with pytest.raises(bootstrap.CannotSetUp, match="set PIP_INDEX_URL"):
        bootstrap.fetch_uv_wheel()


def test_an_old_python_is_refused_with_a_way_out(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 10, 0))

    with pytest.raises(bootstrap.CannotSetUp, match="make PYTHON="):
        bootstrap.check_python()
