"""The page's texts, in every language that assets/texts has."""

import json

from demo.server.assets import ASSETS

TEXTS: dict[str, dict[str, str]] = {
    file.stem: json.loads(file.read_text("utf-8"))
    for file in sorted((ASSETS / "texts").glob("*.json"))
}
