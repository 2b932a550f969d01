"""The browser for the tests. Run as a program, it sees to it that there is one.

    python tests/browser.py

It takes the Chromium or Chrome that is there, else installs Debian's with apt-get where it may,
else Playwright's own; and says what to do when none of that works.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

# First the one without a window: it draws the same pages with a fifth less work.
_NAMES = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome",
    "google-chrome-stable", "chrome",
)  # fmt: skip
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)
_ARGUMENTS = (
    "--no-sandbox", "--disable-background-networking", "--disable-component-update",
    "--disable-features=LocalNetworkAccessChecks",  # a page elsewhere may frame one of 127.0.0.1
    "--renderer-process-limit=1",  # a page in the last one's process loads in half the time
)  # fmt: skip
ADVICE = (
    "The page's tests need Chromium or Chrome and found none. Install one (on Debian: "
    "apt-get install chromium) or name one in the environment variable CHROMIUM."
)


def find_browser() -> str | None:
    """The path of a Chromium or Chrome: the one in $CHROMIUM, on the PATH, or Playwright's own."""
    if named := os.environ.get("CHROMIUM"):
        return named
    for name in _NAMES:
        if path := shutil.which(name):
            return path
    places = [Path(place) for place in _PLACES]
    return next((str(path) for path in [*places, _playwrights_own()] if path.is_file()), None)


def launch_browser(playwright: Playwright) -> Browser:
    """Start the browser without a window; RuntimeError if there is none."""
    path = find_browser()
    if not path:
        raise RuntimeError(f"{ADVICE} `python tests/browser.py` tries to.")
    return playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)


def _playwrights_own() -> Path:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def _try(*command: str) -> bool:
    print("+", *command, flush=True)
    return subprocess.run(command, check=False).returncode == 0


def _install_with_apt() -> bool:
    if not shutil.which("apt-get"):
        return False
    before = () if os.geteuid() == 0 else ("sudo", "-n")  # -n: fail rather than ask for a password
    if before and not shutil.which("sudo"):
        return False
    install = (
        *before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-q", "-y",
        "--no-install-recommends", "fonts-dejavu-core",
    )  # fmt: skip
    return _try(*before, "apt-get", "update", "-q") and (
        _try(*install, "chromium-headless-shell") or _try(*install, "chromium")
    )


def main() -> None:
    """Print the browser's path, after installing one if there is none."""
    if not find_browser() and not (_install_with_apt() and find_browser()):
        _try(sys.executable, "-m", "playwright", "install", "chromium")
    path = find_browser()
    if not path:
        sys.exit(ADVICE)
    print(f"Browser for the tests: {path}")


if __name__ == "__main__":
    main()
