"""Sets up a fresh machine: makes .venv with the locked parts and, for the tests, finds a browser.

`python3 tools/setup.py run` is enough to hold sessions; `dev` adds what tests and checks need. Uses uv where it is
found and pip where it is not. What cannot be had is said in one line.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
MAC_BROWSER = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def main(kind: str) -> None:
    """Sets up for `kind`, which is "run" or "dev"."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python can start this file, and should hear why it stops
        sys.exit(f"Palabre needs Python 3.11 or newer, and this is {platform.python_version()}. Try PYTHON=python3.12.")
    make_venv()
    install(Path("requirements") / f"{kind}.txt")
    if kind == "dev":
        find_browser()


def make_venv() -> None:
    if PYTHON.exists():
        return
    if shutil.which("uv"):
        run("uv", "venv", "--quiet", "--python", sys.executable, str(VENV))
    elif tried(sys.executable, "-m", "venv", str(VENV)):
        return
    elif may_use_apt() and apt(f"python3.{sys.version_info.minor}-venv"):
        run(sys.executable, "-m", "venv", "--clear", str(VENV))
    else:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit("This Python cannot make virtual environments. Install python3-venv, or uv, and try again.")


def install(locked: Path) -> None:
    say(f"Installing {locked} ...")
    strict = ("--quiet", "--require-hashes", "--only-binary", ":all:", "-r", str(locked))
    if shutil.which("uv"):
        run("uv", "pip", "install", "--python", str(PYTHON), *strict)
    else:
        run(str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", *strict)


def find_browser() -> None:
    if os.environ.get("PALABRE_CHROMIUM") or MAC_BROWSER.exists() or any(map(shutil.which, BROWSERS)):
        return
    say("Installing Chromium ...")
    if may_use_apt() and apt("chromium", "fonts-liberation"):
        return
    if not tried(str(PYTHON), "-m", "playwright", "install", "chromium"):
        say("No Chromium could be had, so the tests in browsers cannot run. Install Chromium or set PALABRE_CHROMIUM.")


def may_use_apt() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt(*packages: str) -> bool:
    calm = ("--quiet", "--yes", "--no-install-recommends")
    return tried("apt-get", "--quiet", "update") and tried("apt-get", "install", *calm, *packages)


def run(*command: str) -> None:
    try:
        subprocess.run(command, check=True)
    except subprocess.CalledProcessError as failed:
        sys.exit(f"Setting up stopped: {' '.join(command)} ended with {failed.returncode}.")


def tried(*command: str) -> bool:
    return subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=os.environ | QUIET).returncode == 0


QUIET = {"DEBIAN_FRONTEND": "noninteractive"}


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
