"""The folder of the files that the browser loads."""

from pathlib import Path

ASSETS = Path(__file__).parents[2] / "assets"


def asset(name: str) -> str:
    """The text of a file in assets/."""
    return (ASSETS / name).read_text("utf-8")
