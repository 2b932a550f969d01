"""The page as a Space shows it: in a frame on huggingface.co that never scrolls.

The outer page's address is answered here, so that the content policy is put to the test, too;
iframe-resizer is as published, and the frame may do what its `allow` says.
"""

from collections.abc import Callable, Iterator

import pytest
from digits import DIGITS
from pad import (
    INVITATION,
    LAPTOP,
    PHONE,
    TEXTS,
    Pad,
    expect_verdict,
    wait_until_loaded,
    wait_until_told,
)
from playwright.sync_api import Browser, FrameLocator, Page, expect
from serving import ROOT, Server

RESIZER = ROOT / "node_modules/iframe-resizer/js/iframeResizer.js"
HEADER = 60  # CSS pixels
SPACE = "https://huggingface.co/spaces/somebody/digits"
OUTER_PAGE = """<!doctype html><meta name="viewport" content="width=device-width">
<style>
  body {{ margin: 0; min-height: 100vh; display: flex; flex-direction: column }}
  header {{ height: {header}px }}
  iframe {{ width: 100%; border: 0; flex: {flex} }}
</style>
<header></header><iframe id="space" scrolling="no" allow="{allow}" src="{url}"></iframe>
<script>{resizer}</script>
<script>
  window.heights = []; // that the frame has had
  new ResizeObserver(([{{contentRect}}]) => heights.push(contentRect.height)).observe(space);
  iFrameResize({{ checkOrigin: false, warningTimeout: 0 }}, "#space");
</script>"""
NO_STORAGE = """for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(
    window, name, {get() { throw new DOMException("denied", "SecurityError") }})"""

pytestmark = pytest.mark.skipif(not RESIZER.exists(), reason="needs iframe-resizer: npm ci")


@pytest.fixture
def open_space(chromium: Browser, server: Server) -> Iterator[Callable[..., FrameLocator]]:
    """Opens the outer page and waits until all of the frame is there."""
    opened: list[Page] = []

    def open_space(
        screen: dict, is_allowed: bool, resizer: str, grows: bool = True
    ) -> FrameLocator:
        page = chromium.new_context(**screen).new_page()
        opened.append(page)
        if is_allowed:
            page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        else:
            page.add_init_script(NO_STORAGE)
        allow = "clipboard-write; fullscreen" if is_allowed else ""
        outer = OUTER_PAGE.format(
            header=HEADER, flex="1 0 auto" if grows else "none", allow=allow, url=server.url,
            resizer=resizer,
        )  # fmt: skip
        page.route(f"{SPACE}*", lambda route: route.fulfill(content_type="text/html", body=outer))
        page.goto(SPACE)
        frame = page.frame_locator("#space")
        wait_until_loaded(frame)
        return frame

    yield open_space
    for page in opened:
        page.context.close()


@pytest.mark.parametrize(
    ("screen", "is_allowed"),
    [(LAPTOP, True), (PHONE, False)],
    ids=["laptop", "phone without storage, clipboard and full screen"],
)
def test_space_works_whole_in_its_frame(open_space, screen, is_allowed):
    frame = open_space(screen, is_allowed, RESIZER.read_text())
    page = frame.owner.page
    height = screen["viewport"]["height"]
    blocked = []
    page.on("console", lambda one: "Content Security" in one.text and blocked.append(one.text))
    Pad(page, frame.get_by_test_id("sketchpad")).draw(DIGITS[7])
    expect_verdict(frame, "7")

    frame.get_by_test_id("share").click()
    frame.get_by_test_id("share-copy").click()
    expect(frame.get_by_test_id("share-told")).to_have_text(
        TEXTS["link_copied" if is_allowed else "link_shown"]
    )
    for part in ("share-picture", "share-told", "share-close"):
        expect(frame.get_by_test_id(part)).to_be_in_viewport(ratio=1)
    selected = frame.get_by_test_id("share-link").evaluate(
        "one => one.value.slice(one.selectionStart, one.selectionEnd)"
    )
    assert "/#d=1" in selected
    frame.get_by_test_id("share-close").click()

    frame.locator(INVITATION).first.click()
    for part in ("task", "tour-next", "sketchpad"):
        expect(frame.get_by_test_id(part)).to_be_in_viewport(ratio=0.99)
    frame.get_by_test_id("tour-close").click()

    page.mouse.move(screen["viewport"]["width"] - 60, height / 2)
    page.mouse.wheel(0, 2_000)
    for part in ("sketchpad", "verdict"):
        expect(frame.get_by_test_id(part)).to_be_in_viewport(ratio=0.9)
    page.mouse.wheel(0, -4_000)

    frame.get_by_test_id("present").click()
    for part in ("sketchpad", "verdict", "bars"):
        expect(frame.get_by_test_id(part)).to_be_in_viewport(ratio=0.99)
    is_full = frame.locator("html").evaluate("() => document.fullscreenElement !== null")
    assert is_full == is_allowed
    frame.get_by_test_id("present").click()

    seen = page.evaluate("[Math.max(...heights), document.documentElement.scrollHeight]")
    assert max(seen) <= height
    assert blocked == []


def test_where_nobody_tells_what_is_seen_the_frame_is_as_high_as_its_content(open_space):
    deaf = RESIZER.read_text().replace("case 'pageInfo':", "case 'nothing':")
    frame = open_space(LAPTOP, True, deaf, grows=False)
    page = frame.owner.page
    page.wait_for_function("() => heights.at(-1) > 700")
    frame.locator('[data-example="flag"]').click()
    expect_verdict(frame, "1")
    wait_until_told(frame)
    assert page.evaluate("heights.at(-1)") < 1_500
    assert len(page.evaluate("heights")) < 10
