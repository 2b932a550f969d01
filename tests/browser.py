"""The browser for the tests, and nginx. Run as a program, it brings them where they are missing.

    python tests/browser.py

It takes the Chromium or Chrome that is there, else installs Debian's with apt-get where it may,
else Playwright's own; and says what to do when none of that works. Of nginx it unpacks Debian's
package into .venv: to install it would start a server. Where there is none its tests are skipped.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright
from serving import OWN_NGINX, find_nginx

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
    "--host-resolver-rules=MAP *.test 127.0.0.1",  # names of nobody's, for hosts other than our own
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


def _try(*command: str, folder: str | None = None) -> bool:
    print("+", *command, flush=True)
    return subprocess.run(command, check=False, cwd=folder).returncode == 0


def _as_root() -> tuple[str, ...] | None:
    """What goes before a command of apt-get's; None where that may not be used."""
    before = () if os.geteuid() == 0 else ("sudo", "-n")  # -n: fail rather than ask for a password
    return before if shutil.which("apt-get") and (not before or shutil.which("sudo")) else None


def _install_with_apt() -> bool:
    before = _as_root()
    if before is None:
        return False
    install = (
        *before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-q", "-y",
        "--no-install-recommends", "fonts-dejavu-core",
    )  # fmt: skip
    return _try(*before, "apt-get", "update", "-q") and (
        _try(*install, "chromium-headless-shell") or _try(*install, "chromium")
    )


def _unpack_nginx() -> None:
    before = _as_root()
    if before is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        download = ("apt-get", "download", "-q", "nginx")
        if _try(*download, folder=folder) or (
            _try(*before, "apt-get", "update", "-q") and _try(*download, folder=folder)
        ):
            for package in Path(folder).glob("*.deb"):
                _try("dpkg-deb", "--extract", str(package), str(OWN_NGINX))


def main() -> None:
    """Print the paths of the browser and of nginx, after bringing what is missing."""
    if not find_browser() and not (_install_with_apt() and find_browser()):
        _try(sys.executable, "-m", "playwright", "install", "chromium")
    path = find_browser()
    if not path:
        sys.exit(ADVICE)
    print(f"Browser for the tests: {path}")
    if not find_nginx():
        _unpack_nginx()
    print(f"nginx for the tests: {find_nginx() or 'none, so its tests are skipped'}")


if __name__ == "__main__":
    main()
