"""Error pages: a number to quote, what to do, and all that was typed, but never what identifies a person.

None of these tests may touch the database: an error page must come when the database is what failed.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.template import loader
from django.test import Client, RequestFactory
from selectolax.lexbor import LexborHTMLParser

NUMBER = re.compile(r"\d{8}-[2-9A-Z]{6}")
TYPED = "请求公开 2025 年农村公路养护资金的安排情况。\n第二行：“引号”、<b>尖括号</b>。"
IDENTITY, MOBILE = "110105194912310021", "13800138000"

pytestmark = pytest.mark.urls("office.config.broken_urls")


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def token(client: Client) -> str:
    """What a page with a form would have given to this browser: here, an error page."""
    return form_of(client.post("/takes", {"subject_wanted": "x"})).get("csrfmiddlewaretoken", "")


def form_of(response: HttpResponse) -> dict[str, str]:
    """The fields of the page's form as a browser would send them."""
    page = LexborHTMLParser(response.content)
    found = {}
    for field in page.css("form [name]"):
        # A browser drops the line break that follows <textarea>.
        text = field.text(strip=False).removeprefix("\n") if field.tag == "textarea" else field.attributes.get("value")
        found[str(field.attributes["name"])] = text or ""
    return found


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/breaks", 500, "系统内部出了错"),
        ("/forbids", 403, "只有审核人可以退回。"),
        ("/lacks", 404, "地址不对"),
        ("/nowhere", 404, "地址不对"),
    ],
)
def test_a_page_in_chinese_with_the_number_of_the_request(client: Client, path: str, status: int, words: str) -> None:
    response = client.get(path)
    page = response.content.decode()
    assert response.status_code == status
    assert words in page
    number = response.headers["X-Request-Number"]
    assert NUMBER.fullmatch(number)
    assert number in page
    assert response.headers["Cache-Control"] == "no-store"
    assert "matches the given query" not in page


def test_a_host_name_that_is_not_ours_is_a_bad_request(client: Client) -> None:
    response = client.get("/takes", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "请求有误" in response.content.decode()


def test_a_failed_form_comes_back_whole(client: Client) -> None:
    sent = {"subject_wanted": TYPED, "kind": "letter", "form-TOTAL_FORMS": "1", "csrfmiddlewaretoken": token(client)}
    response = client.post("/breaks?page=2", sent)
    assert response.status_code == 500
    page = response.content.decode()
    assert "所需信息的内容" in page, "the label, not the name"
    given_back = form_of(response)
    assert given_back.pop("csrfmiddlewaretoken")
    assert {name: text.replace("\r\n", "\n") for name, text in given_back.items()} == {
        name: text for name, text in sent.items() if name != "csrfmiddlewaretoken"
    } | {name: text for name, text in given_back.items() if not name}
    assert LexborHTMLParser(page).css_first("form").attributes["action"] == "/breaks?page=2"
    assert TYPED.split("\n", maxsplit=1)[0] in (LexborHTMLParser(page).css_first("#typed-copy").text() or "")


def test_an_expired_form_can_be_sent_again_from_the_page_itself(client: Client) -> None:
    response = client.post("/takes", {"subject_wanted": TYPED})
    assert response.status_code == 403
    assert "页面已过期" in response.content.decode()
    again = client.post("/takes", form_of(response))
    assert again.content.decode() == f"收到：{TYPED}"


def test_a_form_sent_after_signing_out_is_kept_and_signing_in_offered(client: Client) -> None:
    response = client.post("/inside", {"subject_wanted": TYPED, "csrfmiddlewaretoken": token(client)})
    page = response.content.decode()
    assert response.status_code == 403
    assert "登录已失效" in page
    assert "在新窗口中登录" in page
    assert form_of(response)["subject_wanted"] == TYPED


def test_a_session_that_ended_during_the_work_promises_neither_that_it_was_kept_nor_that_it_was_not(
    client: Client,
) -> None:
    response = client.post("/ended", {"subject_wanted": TYPED, "csrfmiddlewaretoken": token(client)})
    page = response.content.decode()
    assert response.status_code == 400
    assert "登录已结束" in page
    assert "看看这次操作是否已经保存" in page
    assert "没有保存任何内容" not in page
    assert form_of(response)["subject_wanted"] == TYPED


@pytest.mark.parametrize("mark", ["机密★5年", "绝 密 ★", "秘密★"])
def test_a_text_or_file_name_with_the_mark_of_a_state_secret_is_refused_and_given_back(
    client: Client, mark: str
) -> None:
    sent = {"subject_wanted": f"{mark}\n{TYPED}", "csrfmiddlewaretoken": token(client)}
    response = client.post("/takes", sent)
    assert response.status_code == 422
    assert "不得提交国家秘密" in response.content.decode()
    assert form_of(response)["subject_wanted"] == f"{mark}\n{TYPED}"
    named = {
        "subject_wanted": "x",
        "file": SimpleUploadedFile(f"{mark}.txt", b"x"),
        "csrfmiddlewaretoken": token(client),
    }
    assert client.post("/takes", named).status_code == 422


def test_who_merely_speaks_of_secrecy_is_not_refused(client: Client) -> None:
    text = "请公开2025年机密级档案的解密清单，以及★★★级景区名单"
    response = client.post("/takes", {"subject_wanted": text, "csrfmiddlewaretoken": token(client)})
    assert response.content.decode() == f"收到：{text}"


def test_a_page_asked_for_after_signing_out_leads_to_signing_in(client: Client) -> None:
    assert client.get("/inside").status_code == 302


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("password", "correct horse battery"),
        ("new_password1", "correct horse battery"),
        ("code", "123456"),
        ("identity_number", IDENTITY),
        ("applicant-0-id_number", IDENTITY),
        ("mobile", MOBILE),
        ("contact_phone", "0512-12345678"),
        ("postal_address", "某县某镇某村 1 号"),
    ],
)
def test_secrets_and_personal_data_are_left_out_and_asked_for_again(client: Client, name: str, text: str) -> None:
    response = client.post("/takes", {name: text, "subject_wanted": "内容"})
    page = response.content.decode()
    assert text not in page
    assert "没有留在本页，请重新填写" in page
    field = LexborHTMLParser(page).css_first(f'input[name="{name}"]')
    assert field is not None
    assert not field.attributes.get("value")
    assert (field.attributes.get("type") == "password") == (name in ("password", "new_password1", "code"))


@pytest.mark.parametrize("number", [IDENTITY, "11010519491231002X", MOBILE])
def test_numbers_of_people_inside_a_text_are_left_out_and_the_rest_is_kept(client: Client, number: str) -> None:
    response = client.post("/takes", {"subject_wanted": f"张三（{number}）申请公开"})
    page = response.content.decode()
    assert number not in page
    assert form_of(response)["subject_wanted"] == "张三（【号码已略去，请补上】）申请公开"
    assert "请重新填写或补全" in page


def test_other_numbers_stay(client: Client) -> None:
    text = "公文〔2025〕13号，金额 1234567890123 元，2025年11月22日"
    assert form_of(client.post("/takes", {"subject_wanted": text}))["subject_wanted"] == text


def test_a_field_bears_the_label_of_the_app_whose_page_it_is(client: Client) -> None:
    from django.urls import ResolverMatch

    from gongkai.office.bodies.models import Body
    from gongkai.office.config.errors.labels import label

    request = RequestFactory().post("/x")
    assert label(request, "nobody_knows_it") == "nobody_knows_it"
    request.resolver_match = ResolverMatch(Body, (), {})
    assert label(request, "form-0-uscc") == "统一社会信用代码"


def test_files_are_asked_for_again_by_name(client: Client) -> None:
    file = SimpleUploadedFile("申请表.pdf", b"%PDF-")
    response = client.post("/takes", {"attachment": file, "subject_wanted": "内容"})
    page = LexborHTMLParser(response.content)
    assert "原来选的是 申请表.pdf" in (page.body.text() if page.body else "")
    assert page.css_first("form").attributes["enctype"] == "multipart/form-data"
    assert page.css_first('input[type="file"][name="attachment"]') is not None


def test_too_large_is_refused_before_it_is_read(client: Client, settings: object) -> None:
    settings.UPLOAD_BYTES = 100  # type: ignore[attr-defined]
    response = client.post("/takes", {"attachment": SimpleUploadedFile("a.bin", b"0" * 200)})
    assert response.status_code == 413
    assert "提交的内容太大" in response.content.decode()


def test_too_much_text_is_told_as_too_large(client: Client, settings: object) -> None:
    fresh = token(client)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100  # type: ignore[attr-defined]
    body = f"csrfmiddlewaretoken={fresh}&subject_wanted={'x' * 200}"
    response = client.post("/takes", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413


def test_the_page_comes_even_when_its_template_is_broken(
    client: Client, settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "config" / "errors" / "page.html"
    broken.parent.mkdir(parents=True)
    broken.write_text("{% nonsense %}")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]  # type: ignore[attr-defined]
    response = client.get("/breaks")
    page = response.content.decode()
    assert response.status_code == 500
    assert response.headers["X-Request-Number"] in page
    assert "再试一次" in page


def test_the_page_holds_nothing_that_the_policy_of_contents_forbids() -> None:
    page = loader.get_template("config/errors/page.html").render({"title": "x", "text": "y", "todo": ()})
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page)
