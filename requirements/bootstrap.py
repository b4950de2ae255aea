"""Make `.venv` from the locked requirements, on a machine that has only Python.

Standard library only. The virtual environment is made without `ensurepip`; the
installer (uv, pinned with hashes in `uv.txt`) comes through pip where there is one,
else straight from the package index; then uv installs `base.txt` and `dev.txt`.
"""

from __future__ import annotations

import hashlib
import html
import os
import platform
import re
import subprocess
import sys
import sysconfig
import urllib.error
import urllib.parse
import urllib.request
import venv
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE.parent / ".venv"
DEFAULT_INDEX = "https://pypi.org/simple"
OLDEST_PYTHON = (3, 11)


class CannotSetUp(Exception):
    """Setting up is impossible here; the message says what was tried and how to mend it."""


def main() -> int:
    try:
        check_python()
        make_environment()
        uv = installed_uv() or install_uv()
        install_requirements(uv)
    except CannotSetUp as refusal:
        print(f"setup: {refusal}", file=sys.stderr)
        return 1
    return 0


def check_python() -> None:
    if sys.version_info < OLDEST_PYTHON:
        found = platform.python_version()
        raise CannotSetUp(f"Python 3.11 or newer is needed, this is {found}; try `make PYTHON=python3.12 …`.")


def make_environment() -> None:
    """Make the environment, or make it anew when its Python has gone."""
    python = ENVIRONMENT / "bin" / "python"
    works = python.exists() and subprocess.run([python, "-c", ""], check=False).returncode == 0
    if not works:
        print("setup: making .venv", flush=True)
        venv.EnvBuilder(clear=ENVIRONMENT.exists(), symlinks=True, with_pip=False).create(ENVIRONMENT)


def installed_uv() -> Path | None:
    uv = ENVIRONMENT / "bin" / "uv"
    if not uv.exists():
        return None
    said = subprocess.run([uv, "--version"], capture_output=True, text=True, check=False).stdout.split()
    return uv if said[1:2] == [pinned_version()] else None


def install_uv() -> Path:
    print(f"setup: fetching the installer (uv {pinned_version()})", flush=True)
    uv = ENVIRONMENT / "bin" / "uv"
    if not install_uv_with_pip():
        unpack_uv(fetch_uv_wheel())
    if not uv.exists():
        raise CannotSetUp("the installer was fetched but has no program `uv`; remove .venv and try again.")
    return uv


def install_uv_with_pip() -> bool:
    """Use the machine's pip where there is one: it knows about mirrors, proxies and certificates."""
    command = [sys.executable, "-m", "pip", "--python", str(ENVIRONMENT / "bin" / "python"), "install", "--quiet"]
    command += ["--disable-pip-version-check", "--only-binary=:all:", "--require-hashes", "-r", str(HERE / "uv.txt")]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def fetch_uv_wheel() -> Path:
    """Fetch the wheel for this machine from the package index and check it against the lock."""
    index = os.environ.get("PIP_INDEX_URL", DEFAULT_INDEX).rstrip("/")
    page_address = f"{index}/uv/"
    try:
        with urllib.request.urlopen(page_address, timeout=60) as page:  # noqa: S310 - the named package index
            links = re.findall(r'href="([^"]+)"', page.read().decode())
        name, link = choose_wheel([html.unescape(link) for link in links])
        wheel_address = urllib.parse.urljoin(page_address, link)
        with urllib.request.urlopen(wheel_address, timeout=180) as answer:  # noqa: S310 - the named package index
            content = answer.read()
    except (urllib.error.URLError, OSError) as error:
        raise CannotSetUp(
            f"there is no pip, and the package index {index} gave no installer ({error}); "
            "install pip, or set PIP_INDEX_URL to an index that can be reached."
        ) from error
    if hashlib.sha256(content).hexdigest() not in pinned_hashes():
        raise CannotSetUp(f"the package index gave a wrong file for {name}: its hash is not in requirements/uv.txt.")
    wheel = ENVIRONMENT / name
    wheel.write_bytes(content)
    return wheel


def choose_wheel(links: list[str]) -> tuple[str, str]:
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    family = wheel_family(machine)
    for link in links:
        name = urllib.parse.unquote(urllib.parse.urlparse(link).path.rsplit("/", 1)[-1])
        if name.startswith(f"uv-{pinned_version()}-") and name.endswith(".whl") and re.search(family, name):
            return name, link
    raise CannotSetUp(f"the package index has no installer for {sys.platform} on {machine}.")


def wheel_family(machine: str) -> str:
    if sys.platform == "darwin":
        return rf"macosx_\d+_\d+_{'arm64' if machine == 'aarch64' else machine}"
    libc = "musllinux" if "musl" in (sysconfig.get_config_var("HOST_GNU_TYPE") or "") else "manylinux"
    return rf"{libc}\w*_{machine}[.\w]*\.whl"


def unpack_uv(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.namelist():
            if re.search(r"\.data/scripts/uvx?$", member):
                program = ENVIRONMENT / "bin" / member.rsplit("/", 1)[-1]
                program.write_bytes(archive.read(member))
                program.chmod(0o755)
    wheel.unlink()


def install_requirements(uv: Path) -> None:
    print("setup: installing the locked Python packages", flush=True)
    environment = {**os.environ, "VIRTUAL_ENV": str(ENVIRONMENT), "UV_NO_PROGRESS": "1"}
    if "PIP_INDEX_URL" in os.environ:
        environment.setdefault("UV_DEFAULT_INDEX", os.environ["PIP_INDEX_URL"])
    command: list[str | Path] = [uv, "pip", "sync", "--no-config", "--quiet", "--require-hashes"]
    command += [HERE / "uv.txt", HERE / "base.txt", HERE / "dev.txt"]
    if subprocess.run(command, env=environment, check=False).returncode != 0:
        raise CannotSetUp("the locked packages could not be installed; uv's own words stand above.")


def pinned_version() -> str:
    found = re.search(r"^uv==([\w.]+)", (HERE / "uv.txt").read_text(), re.MULTILINE)
    if found is None:
        raise CannotSetUp("requirements/uv.txt names no version of uv; run `git checkout requirements/uv.txt`.")
    return found.group(1)


def pinned_hashes() -> set[str]:
    return set(re.findall(r"sha256:([0-9a-f]{64})", (HERE / "uv.txt").read_text()))


if __name__ == "__main__":
    sys.exit(main())
