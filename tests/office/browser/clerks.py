"""What the people of a body do to a case on their screens, by the words on the buttons; every page met is checked."""

from __future__ import annotations

from django.urls import reverse
from office.browser.pages import Visitor
from playwright.sync_api import Locator, Page

from gongkai.office.applications.models import Application


class Desk:
    """One screen at which the people of a body sit down in turn. ``case``: what they work on, by its key."""

    def __init__(self, visitor: Visitor, case: Application) -> None:
        self.visitor, self.case = visitor, case

    @property
    def page(self) -> Page:
        return self.visitor.page

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def sits(self, role: str) -> Desk:
        """The person of ``role`` opens the case."""
        self.visitor.sign_in(role)
        return self.opens("case")

    def opens(self, name: str) -> Desk:
        """A page of the case by its name."""
        self.visitor.go(reverse(f"applications:{name}", args=[self.case.pk]))
        return self

    def follows(self, link: str, whole: bool = True) -> Desk:
        """A link by its words, or by some of them."""
        self.main.get_by_role("link", name=link, exact=whole).first.click()
        return self.sees(link)

    def presses(self, button: str) -> Desk:
        """A button by its words; the form must have been taken."""
        with self.page.expect_navigation():
            self.main.get_by_role("button", name=button, exact=True).click()
        assert not self.visitor.complaints, f"{button}: {self.visitor.complaints}\n{self.main.inner_text()}"
        return self.sees(button)

    def sees(self, what: str) -> Desk:
        """The page now shown is in order."""
        self.page.wait_for_load_state()
        self.visitor.meets(what)
        return self

    def types(self, **fields: str) -> Desk:
        """By the names of the fields."""
        for name, value in fields.items():
            self.main.locator(f"[name={name}]").fill(value)
        return self

    def chooses(self, name: str, start: str = "", value: str = "") -> Desk:
        """An option of the field ``name`` by the beginning of its words, or by its value."""
        field = self.main.locator(f"select[name={name}]")
        if start:
            value = field.locator("option", has_text=start).first.get_attribute("value") or ""
        field.select_option(value)
        return self

    def does(self, event: str, picture: str = "", *, choose: tuple[str, ...] = (), **fields: str) -> Desk:
        """An event of the course: its form, what would follow, the confirmation. ``choose``: labels to be ticked."""
        self.follows(event).types(**fields)
        for label in choose:
            self.main.get_by_label(label).check()
        self.presses("下一步：预览")
        if picture:
            self.visitor.picture(picture)
        return self.presses("确认办理")

    def writes_and_sends(self, letter: str, way: str, picture: str = "", **fields: str) -> Desk:
        """The letter that goes with what was just done; back on the page of the case."""
        self.follows(letter, whole=False).types(**fields).presses("保存草稿并预览")
        if picture:
            self.visitor.picture(picture)
        return self.sends(way)

    def sends(self, way: str) -> Desk:
        """The letter now shown."""
        self.page.get_by_role("link", name="送出", exact=True).click()
        self.sees("sending")
        self.main.get_by_label(way).check()
        self.main.get_by_role("button", name="送出").click()
        self.sees("sent")
        assert "已送出" in self.main.inner_text()
        return self
