"""What a visitor does before a page, and what must hold of every page that is met."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from office.world import World
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[3]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# Where pictures go: looked at by people, and the source of those in the manual.
PICTURES = Path(os.environ.get("GONGKAI_PICTURES") or ROOT / "out" / "pictures")
PHONE = {"width": 390, "height": 844}


class Visitor:
    """A person with a browser. ``page`` is playwright's page; every address met is checked by ``meets``."""

    def __init__(self, browser: Browser, address: str, world: World) -> None:
        self._browser, self._address, self.world = browser, address, world
        self._context = browser.new_context(
            viewport={"width": 1280, "height": 800}, locale="zh-CN", timezone_id="Asia/Shanghai", accept_downloads=True
        )
        self.page: Page = self._context.new_page()
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", self._note_request)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._note_console)

    def sign_in(self, role: str) -> Visitor:
        """Become the person of ``role``, past the sign-in page (which has tests of its own)."""
        client = Client()
        self.world.sign_in(client, role)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self._context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self._address}])
        return self

    def go(self, path: str) -> Page:
        """Open ``path`` and check the page."""
        self.page.goto(self._address + path)
        return self.meets(path)

    def meets(self, what: str) -> Page:
        """The page now shown asks no other host, has no script error, no accessibility violation, no overflow."""
        assert not self.strangers, f"{what} asks other hosts: {self.strangers}"
        assert not self.complaints, f"{what}: {self.complaints}"
        violations = accessibility(self.page)
        assert not violations, f"{what}:\n" + "\n".join(violations)
        return self.page

    def picture(self, name: str, phone: bool = True) -> None:
        """Take the page as a picture, at 1280 px and on a phone; a phone's page must not run over its side."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
        if phone:
            before = self.page.viewport_size
            self.page.set_viewport_size(PHONE)
            self.page.screenshot(path=PICTURES / f"{name}-390.png", full_page=True)
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            self.page.set_viewport_size(before)
            assert wide <= PHONE["width"], f"{name}: {wide} px wide on a phone"

    def leave(self) -> None:
        """Close the window."""
        self._context.close()

    def _note_request(self, request: Any) -> None:
        host = urlsplit(request.url)
        if host.scheme in ("http", "https", "ws", "wss") and host.netloc != urlsplit(self._address).netloc:
            self.strangers.append(request.url)

    def _note_console(self, message: Any) -> None:
        if message.type == "error" and "favicon" not in message.text:
            self.complaints.append(message.text)


def accessibility(page: Page) -> list[str]:
    """What axe finds, one line each. The rules are those of WCAG 2.1 A and AA, and best practice."""
    if not AXE.exists():
        pytest.fail(f"没有 {AXE.name}：请运行 make test 由它安装前端依赖")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {violation['help']}: {node['html'][:200]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
