"""One case from the citizen's screen through five desks and back: every step on a real page, none by a service."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
import typst
from office.browser.clerks import Desk
from office.browser.pages import Visitor
from office.browser.test_portal import TEL, applied, onwards, sound
from office.portal.citizen import WANTED
from playwright.sync_api import Browser

from gongkai.office.applications.models import Application

pytestmark = pytest.mark.django_db(transaction=True)
SECRET, OPEN = "ZHANG SAN 110105194912310021", "HOUSEHOLDS 120"
# The secret stands in the upper fifth of the only page, what may be read in its middle.
LIST = f"""#set page(width: 210mm, height: 297mm, margin: 20mm)
#set text(size: 16pt)
{SECRET}
#place(top, dy: 120mm)[{OPEN}]"""
COVER = {"left": "5", "top": "5", "right": "95", "bottom": "20"}


@pytest.fixture
def citizen(chromium: Browser, live_server: object, visitor: Visitor) -> Iterator[Visitor]:
    """Somebody at home, at another screen than the offices'."""
    person = Visitor(chromium, str(live_server), visitor.world)
    yield person
    person.leave()


def words_of(pdf: bytes) -> str:
    """Everything that the text layer holds."""
    document = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_bounded() for page in document)


def darkness(pdf: bytes, top: float, bottom: float) -> float:
    """How much of a strip of the first page (parts of its height, the middle of its width) is black."""
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("L")
    strip = picture.crop(
        (int(picture.width * 0.1), int(picture.height * top), int(picture.width * 0.9), int(picture.height * bottom))
    )
    return sum(strip.histogram()[:64]) / (strip.width * strip.height)


def looks_up(citizen: Visitor, case: Application) -> None:
    """By the code of the receipt and the end of the telephone number."""
    page = citizen.go("/open/follow/")
    page.fill("main [name=code]", case.code)
    page.fill("main [name=phone_tail]", TEL[-4:])
    onwards(page, "查询")
    sound(citizen, "the followed case")


def downloaded(citizen: Visitor, name: str) -> bytes:
    """A paper of the page by the beginning of its name."""
    with citizen.page.expect_download() as got:
        citizen.page.locator("main").get_by_role("link", name=name).first.click()
    return Path(got.value.path()).read_bytes()


def asked_and_corrected(desk: Desk, citizen: Visitor) -> None:
    """Receipt is confirmed; the handler asks once; the citizen reads the letter and answers."""
    desk.sits("registrar")
    desk.visitor.picture("journey-1-arrived")
    desk.does("与申请人确认收到", how="电话")
    desk.follows("指定承办人").chooses("to", "承办人甲").presses("指定")

    desk.sits("handler").does("告知补正", text="请写明是哪个村民小组的名单。")
    desk.writes_and_sends("政府信息公开申请补正告知书", "网上查看下载", "journey-2-correction-letter")

    looks_up(citizen, desk.case)
    citizen.picture("journey-3-asked")
    assert b"%PDF" in downloaded(citizen, "政府信息公开申请补正告知书")[:8]
    citizen.page.click("main a:has-text('现在补正')")
    citizen.page.fill("main [name=description]", WANTED + "（第三村民小组）")
    onwards(citizen.page, "提交补正")
    sound(citizen, "corrected")


def consulted_and_extended(desk: Desk) -> None:
    """The third party refuses; the head agrees to ten days more; both get their letters."""
    desk.sits("handler")
    assert "第三村民小组" in desk.main.inner_text()
    desk.does("征求第三方意见", "journey-4-consult", party="孙某某", text="柳河村名单中您的姓名和证件号码。")
    desk.writes_and_sends("政府信息公开征求意见书", "邮寄", "journey-4-consult-letter")
    desk.opens("case").does("收到意见或者期满", choose=("不同意公开",), text="涉及个人隐私，不同意公开。")

    desk.sits("signatory").follows("同意延期").types(days="10", reason="需要逐户核对").presses("同意延长")
    desk.sits("handler").does(
        "延长答复期限", "journey-5-extend", choose=("已告知申请人",), days="10", reason="需要逐户核对"
    )
    desk.writes_and_sends("政府信息公开延期答复告知书", "网上查看下载")


def covered(desk: Desk) -> None:
    """A PDF is put in, a box typed, and the file for the citizen made."""
    desk.opens("attach").chooses("label", "申请材料")
    pdf = {"name": "名单.pdf", "mimeType": "application/pdf", "buffer": typst.compile(LIST.encode())}
    assert SECRET in words_of(pdf["buffer"])
    desk.page.set_input_files("main [name=papers]", pdf)
    desk.presses("上传")
    desk.opens("redactions").page.get_by_role("link", name="标记").first.click()
    desk.sees("boxes")
    for side, value in COVER.items():
        desk.main.locator(f"[name={side}]").first.fill(value)
    desk.main.locator("select[name=ground]").first.select_option("15")
    desk.visitor.picture("journey-6-boxes")
    desk.presses("保存遮盖区域").presses("生成遮盖后的文件")
    desk.main.get_by_text("没有残留内容").wait_for()
    desk.sees("burned").visitor.picture("journey-6-burned")


def decided(desk: Desk) -> None:
    """Decision and letter by the handler; the reviewer and the signatory read them and agree."""
    desk.opens("case").does("拟稿").follows("拟定处理决定").chooses("outcome", value="partially_granted")
    desk.types(
        reason="名单中的姓名和证件号码属于个人隐私。",
        content="2023年柳河村农村低保发放名单见附件。",
        grounds="姓名、证件号码：涉及个人隐私，第三方不同意公开（条例 第十五条）",
        harm_harm="泄露个人隐私",
        harm_interest="无影响",
        harm_result="不予公开",
    )
    desk.visitor.picture("journey-7-decide")
    desk.presses("保存").follows("全部文书").follows("部分公开", whole=False).presses("保存草稿并预览")
    desk.visitor.picture("journey-7-reply-draft")
    assert "名单（已遮盖）.pdf" in desk.main.inner_text()
    desk.opens("case").does("提交审核")

    desk.sits("reviewer").follows("审核")
    assert "应当先自收到本答复之日起60日内" in desk.main.inner_text()
    desk.visitor.picture("journey-8-review")
    desk.types(opinion="同意").presses("审核通过")
    desk.sits("signatory").follows("签发")
    desk.visitor.picture("journey-9-sign")
    desk.presses("签发并送出")


def replied(desk: Desk, citizen: Visitor) -> None:
    """Signed is visible; then the letter goes out and its arrival is written down."""
    looks_up(citizen, desk.case)
    assert "已经答复" in citizen.page.inner_text("main")

    desk.sits("registrar").follows("政府信息公开申请答复书", whole=False).sends("网上查看下载")
    desk.visitor.picture("journey-10-reply")
    desk.page.get_by_role("link", name="登记送达", exact=True).click()
    desk.types(proof="申请人在平台下载").presses("登记")
    desk.opens("case")
    desk.visitor.picture("journey-11-done")


def read(citizen: Visitor, case: Application) -> None:
    """What the citizen has in hand: the remedy, the letter, and a file from which the secret is gone."""
    looks_up(citizen, case)
    citizen.picture("journey-12-read")
    said = citizen.page.inner_text("main")
    assert "应当先自收到本答复之日起60日内向清源县人民政府申请行政复议" in said
    got = downloaded(citizen, "名单（已遮盖）.pdf")
    assert SECRET not in words_of(got)
    assert words_of(got).strip() == "", "pictures of pages have no text at all"
    assert SECRET.split(maxsplit=1)[0].encode() not in got
    assert darkness(got, 0.06, 0.19) > 0.99
    assert 0 < darkness(got, 0.3, 0.7) < 0.2, "what is public can still be seen"
    assert "应当先自收到本答复之日起60日内" in words_of(downloaded(citizen, "答复书")).replace("\r\n", "")


def test_a_partial_disclosure_from_the_application_to_the_citizens_download(
    visitor: Visitor, citizen: Visitor, background: None
) -> None:
    applied(citizen.go("/open/"), lambda name: sound(citizen, name), lambda name: None)
    case = Application.objects.get()
    assert case.code in citizen.page.inner_text("main").replace(" ", "")
    desk = Desk(visitor, case)
    asked_and_corrected(desk, citizen)
    consulted_and_extended(desk)
    covered(desk)
    decided(desk)
    replied(desk, citizen)
    read(citizen, case)
