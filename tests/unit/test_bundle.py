"""The modules of the first screen in one file."""

import pytest

from demo.server.bundle import BUNDLE, bundled

FILES = {
    "pad/pad.js": b'/* The pad. */\nimport { ink as line } from "../shared/ink.js";\n\n'
    b'export const pad = () => import("./share.js").then(line);\n',
    "shared/ink.js": b"export async function ink() {}\nexport { other };\n",
    "pad/share.js": b"export const share = 1;\n",
}


def test_modules_stand_in_the_bundle_after_what_they_import():
    text = bundled(FILES, ["pad/pad.js"])[BUNDLE].decode()
    assert text.index("const shared_ink = ") < text.index("const { ink: line } = shared_ink;")
    assert "The pad." not in text
    assert 'import("../pad/share.js")' in text


def test_bundled_module_takes_its_exports_from_the_bundle():
    served = bundled(FILES, ["pad/pad.js"])
    assert served.keys() == {"pad/pad.js", "shared/ink.js", BUNDLE}
    assert served["shared/ink.js"].decode().splitlines() == [
        'import { shared_ink } from "../first/screen.js";',
        "export const { ink, other } = shared_ink;",
    ]


@pytest.mark.parametrize("line", ["export let x = 1;", 'import "./y.js";', "export default 1;"])
def test_import_or_export_of_another_form_is_refused(line):
    with pytest.raises(ValueError, match=r"a\.js cannot be bundled"):
        bundled({"a.js": line.encode()}, ["a.js"])
