"""A first day in the demonstration county, as the manual (用户手册) tells it; the manual's pictures are taken here.

``make pictures`` takes them anew into the manual. An ordinary run takes them aside and checks that the manual names
these and no others.
"""

from __future__ import annotations

import datetime
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from office.browser.pages import Visitor
from PIL import Image
from playwright.sync_api import Browser, expect
from shared_files import ROOT

from gongkai.office.acts.policy import Actor
from gongkai.office.applications.models import Application
from gongkai.office.applications.services.proceeding import Particulars, proceed
from gongkai.office.applications.services.registering import register
from gongkai.office.bodies.models import Body, Person
from gongkai.office.config.demonstration import county

DESK = ROOT / "src" / "gongkai" / "office" / "desk"
MANUAL, PICTURES = DESK / "manual", DESK / "static" / "desk" / "manual"
TAKES = os.environ.get("GONGKAI_MANUAL_PICTURES") == "1"
PASSWORD = "Shizhang-5-shouce"
SAMPLE = ROOT / "samples" / "2024" / "water-bureau-word-gbk.html"

pytestmark = pytest.mark.django_db(transaction=True)


class Reader(Visitor):
    """Somebody who follows the manual, through the sign-in page."""

    def __init__(self, browser: Browser, address: str) -> None:
        super().__init__(browser, address, world=None)  # type: ignore[arg-type] - the county is the world here
        self.taken: set[str] = set()

    def enter(self, account: str) -> None:
        self.go("/account/login/")
        self.page.get_by_label("登录名").fill(account)
        self.page.get_by_label("密码").fill(PASSWORD)
        if "sign-in" not in self.taken:
            self.show("sign-in")
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_load_state()
        self.meets("after sign-in")

    def exit(self) -> None:
        self.page.get_by_role("button", name="退出").first.click()
        self.page.wait_for_load_state()

    def show(self, name: str) -> None:
        """A picture of what is on the screen, and not of what is below it."""
        self.taken.add(name)
        self.picture(f"manual-{name}")
        if TAKES:
            PICTURES.mkdir(parents=True, exist_ok=True)
            shot = Image.open(io.BytesIO(self.page.screenshot()))
            # A screen has few colours: with 64 of them a picture is a quarter as large.
            shot.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)


@pytest.fixture
def reader(
    chromium: Browser,
    live_server: object,
    transactional_db: None,
    settings: object,
    tmp_path: Path,
) -> Iterator[Reader]:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    settings.MFA_ROLES = []  # type: ignore[attr-defined] - as in the demonstration; factors have tests of their own
    county.build()
    for account in ("mzj-cbr", "zfb-aqgly", "zfb-sjgly"):
        county.open_account(account, PASSWORD)
    person = Reader(chromium, str(live_server))
    yield person
    person.leave()


def a_case(body: Body) -> Application:
    """A case of the body whose clock has a step to explain."""
    clerk = Actor(Person.objects.get(account="mzj-djr"))
    today = timezone.localdate()
    for number, days in enumerate((1, 12, 18, 26)):
        fields = {
            "applicant_kind": "natural_person",
            "applicant_name": f"申请人{'甲乙丙丁'[number]}",
            "identity_kind": "identity_card",
            "phone": f"1390000000{number}",
            "description": ("农村低保发放名单", "养老服务机构名录", "殡葬服务收费依据", "社会救助资金使用情况")[number],
            "form": "paper",
            "way": "post",
        }
        arrived = today - datetime.timedelta(days=days)
        case = register(clerk, body, channel="counter", arrived_on=arrived, fields=fields)
    handler = Actor(Person.objects.get(account="mzj-cbr"))
    known = Particulars(on=today - datetime.timedelta(days=20), party="清源福寿服务有限公司")
    moved: Application = proceed(handler, case, "consult_third_party", known)
    return moved


def test_the_first_day_goes_as_the_manual_says(reader: Reader) -> None:
    reader.enter("mzj-cbr")
    expect(reader.page.get_by_role("heading", level=1)).to_contain_text("您好")
    reader.show("desk")
    reader.go("/bodies/")
    reader.show("list")
    mine = Person.objects.get(account="mzj-cbr").body
    reader.go(f"/bodies/{mine.pk}/")
    reader.show("bodies")
    reader.go("/analysis/upload/")
    reader.page.set_input_files("input[type=file]", SAMPLE)
    reader.show("upload")
    reader.page.get_by_role("button", name="上传并读取").click()
    reader.page.wait_for_load_state()
    reader.meets("the document after upload")
    expect(reader.page.locator("main")).to_contain_text("错误")
    reader.show("findings")
    case = a_case(mine)
    reader.go("/applications/")
    reader.show("cases")
    reader.go(f"/applications/{case.pk}/")
    reader.show("case")
    reader.exit()

    reader.enter("zfb-aqgly")
    reader.go("/rights/")
    reader.show("rights")
    reader.exit()

    reader.enter("zfb-sjgly")
    reader.go("/audit/")
    expect(reader.page.locator("main")).to_contain_text("授予角色")
    reader.show("audit")
    reader.exit()

    text = "".join(page.read_text("utf-8") for page in MANUAL.glob("*.md"))
    named = set(re.findall(r"!\[[^\]]*\]\(manual/([\w-]+)\.png\)", text))
    assert named == reader.taken, "the manual's pictures are those of this journey"
    missing = {name for name in named if not (PICTURES / f"{name}.png").exists()}
    assert not missing, "make pictures"
