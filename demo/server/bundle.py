"""Puts the modules of the first screen into one file: a browser asks once, not sixty times.

In the common file each module is a function that returns what the module exports. A module's own
address answers with its exports from the common file, so that a page has each module only once.
"""

import posixpath
import re
from collections.abc import Mapping, Sequence

BUNDLE = "first/screen.js"  # in a folder, as the modules are: addresses relative to them are right
_IMPORT = re.compile(r'^import (\{[^}]*\}) from "(\.[^"]+)";$', re.MULTILINE)
_LATER = re.compile(r'\bimport\("(\.[^"]+)"\)')
_EXPORT = re.compile(
    r"^export (?:\{ (\w+) \};|(?=(?:async )?(?:function|const) (\w+)))", re.MULTILINE
)
# Comments are a quarter of all bytes.
_COMMENT = re.compile(r"^ *(?:/\*[^*]*(?:\*(?!/)[^*]*)*\*/|//.*)\n", re.MULTILINE)
_UNKNOWN = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def bundled(files: Mapping[str, bytes], entries: Sequence[str]) -> dict[str, bytes]:
    """The common file, and a module for the address of each module in it.

    Args:
        files: all modules, by name.
        entries: names of modules that the page loads first; what they import comes with them.

    Returns:
        Contents by name, to be served instead of the modules.

    Raises:
        ValueError: for an import or export of a form that is not ``import {...} from "./x.js";``,
            ``export { x };``, ``export function`` or ``export const``.
    """
    parts: dict[str, str] = {}  # each after those that it imports
    served: dict[str, bytes] = {}

    def add(name: str) -> None:
        def path(found: re.Match[str], group: int) -> str:
            return posixpath.normpath(posixpath.join(posixpath.dirname(name), found[group]))

        def imported(found: re.Match[str]) -> str:
            names = found[1].replace(" as ", ": ")
            return f"const {names} = {_variable(path(found, 2))};"

        text = _COMMENT.sub("", files[name].decode())
        for found in _IMPORT.finditer(text):
            if path(found, 2) not in parts:
                add(path(found, 2))
        exports = ", ".join(found[1] or found[2] for found in _EXPORT.finditer(text))
        body = _EXPORT.sub("", _IMPORT.sub(imported, text))
        body = _LATER.sub(lambda found: f'import("../{path(found, 1)}")', body)
        if unknown := _UNKNOWN.search(body):
            raise ValueError(f"{name} cannot be bundled because of this line: {unknown[0]}")
        variable = _variable(name)
        parts[name] = f"const {variable} = (() => {{\n{body}\nreturn {{ {exports} }};\n}})();\n"
        up = posixpath.relpath(BUNDLE, posixpath.dirname(name))
        module = (
            f'import {{ {variable} }} from "{up}";\nexport const {{ {exports} }} = {variable};\n'
        )
        served[name] = module.encode()

    for entry in entries:
        add(entry)
    variables = ", ".join(map(_variable, parts))
    served[BUNDLE] = f"{''.join(parts.values())}export {{ {variables} }};\n".encode()
    return served


def _variable(name: str) -> str:
    return re.sub(r"\W", "_", name.removesuffix(".js"))
