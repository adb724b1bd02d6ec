"""Pages: what they show, how many questions they ask of the database, what can be taken away from them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from cli.documents import balanced, page
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from office.analysis.uploads import hand_in, hand_in_and_read
from PIL import Image
from selectolax.lexbor import LexborHTMLParser
from shared_files import ROOT

from gongkai import reading
from gongkai.checks import Finding
from gongkai.office.acts.services.attachments import store
from gongkai.office.analysis.apart.reader import Apart
from gongkai.office.analysis.models import Batch, Document, Reading, State
from gongkai.office.analysis.services import making, pictures
from gongkai.office.analysis.services.making import turn
from gongkai.office.bodies.models import Person
from gongkai.rendering import FORMATS, SHEET_FORMATS
from gongkai.report import to_json

AsPerson = Callable[[Person], Client]
WRONG = {**balanced(3), "applications.received.total": 5}


@pytest.fixture
def document(clerk: Person, apart: Apart) -> Document:
    return hand_in_and_read(clerk, apart, ("年报.html", page(values=WRONG).encode())).documents.get()


@pytest.fixture
def pdf(clerk: Person, apart: Apart) -> Document:
    """A real PDF with findings made up for two of its figures."""
    data = (ROOT / "samples/2023/water-bureau.pdf").read_bytes()
    document = hand_in_and_read(clerk, apart, ("年报.pdf", data)).documents.get()
    report = reading.open(data)
    cell = "applications.received.total"
    place = report.figures[cell].place
    assert place is not None
    made_up = Finding("applicants-total-wrong", "fails", "error", "不等", "附件", (cell,), (place,))
    Reading.objects.filter(document=document).update(findings=[made_up.to_json()])
    return document


def tree(client: Client, address: str) -> LexborHTMLParser:
    answer = client.get(address)
    assert answer.status_code == 200
    return LexborHTMLParser(answer.content.decode())


ASKED = ("", "finding=1", "finding=999", "finding=x", "cell=applications.received.total", "part=9", "page=0")


def test_every_view_opens_whatever_the_address_asks(document: Document, clerk: Person, as_person: AsPerson) -> None:
    client = as_person(clerk)
    for view in ("all", "findings", "tables", "text", "head", "page", "nonsense"):
        for asked in ASKED:
            address = f"/analysis/documents/{document.pk}/?view={view}&{asked}"
            assert client.get(address).status_code == 200, address


def test_a_finding_is_marked_in_the_text_and_in_the_table_by_its_address_alone(
    document: Document, clerk: Person, as_person: AsPerson
) -> None:
    findings = document.reading.findings
    number = 1 + next(n for n, one in enumerate(findings) if "applications.received.total" in one["cells"])
    shown = tree(as_person(clerk), f"/analysis/documents/{document.pk}/?finding={number}")
    cell = shown.css_first('td[id="cell-applications.received.total"]')
    assert "an-chosen" in cell.attributes["class"]  # type: ignore[operator]
    marked = [mark.text() for mark in shown.css(".an-words mark.an-chosen")]
    assert "5" in marked
    assert shown.css_first(f"#place-{number}") is not None
    assert "an-chosen" in shown.css_first(f"#finding-{number}").attributes["class"]  # type: ignore[operator]
    other = tree(as_person(clerk), f"/analysis/documents/{document.pk}/")
    assert not other.css(".an-chosen")


def test_every_link_within_the_page_leads_somewhere(document: Document, clerk: Person, as_person: AsPerson) -> None:
    shown = tree(as_person(clerk), f"/analysis/documents/{document.pk}/")
    ids = [node.attributes["id"] for node in shown.css("[id]")]
    assert len(ids) == len(set(ids)), "an id is used once"
    targets = {link.attributes["href"].partition("#")[2] for link in shown.css("[data-document] a[href*='#']")}  # type: ignore[union-attr]
    rules = {
        target for target in targets if "-" in target and target in {f["check"] for f in document.reading.findings}
    }
    assert len(targets) > 100
    assert targets - rules <= set(ids)


def test_each_figure_leads_to_its_place_and_back(document: Document, clerk: Person, as_person: AsPerson) -> None:
    shown = tree(as_person(clerk), f"/analysis/documents/{document.pk}/")
    for key in ("applications.received.total", "proactive.permits.decided", "remedies.reconsideration.total"):
        figure = document.reading.report["printed"].get(key)
        if figure is None:
            continue
        there = shown.css_first(f'td[id="cell-{key}"] a')
        assert there.attributes["href"].endswith(f"#text-{key}")  # type: ignore[union-attr]
        back = shown.css_first(f'a[id="text-{key}"]')
        assert back.text() == there.text() == figure["printed"]
        assert back.attributes["href"].endswith(f"#cell-{key}")  # type: ignore[union-attr]


def test_the_text_on_the_page_is_the_text_of_the_document(
    document: Document, clerk: Person, as_person: AsPerson
) -> None:
    words = tree(as_person(clerk), f"/analysis/documents/{document.pk}/?view=text").css_first(".an-words")
    for node in words.css("sup, .an-page"):
        node.decompose()
    assert words.text() == document.reading.report["text"]


def test_a_long_text_is_shown_in_parts_that_make_the_whole(clerk: Person, apart: Apart, as_person: AsPerson) -> None:
    long = page(values=WRONG).replace("专人负责", "\n".join(["专人负责，按月通报"] * 4000))
    document = hand_in_and_read(clerk, apart, ("长.html", long.encode())).documents.get()
    client, whole, number = as_person(clerk), "", 1
    while True:
        shown = tree(client, f"/analysis/documents/{document.pk}/?view=text&part={number}")
        words = shown.css_first(".an-words")
        for node in words.css("sup"):
            node.decompose()
        whole += words.text()
        if not shown.css(f'.an-parts a[href*="part={number + 1}"]'):
            break
        number += 1
    assert number > 1
    assert whole == document.reading.report["text"]
    wrong = 1 + next(n for n, f in enumerate(document.reading.findings) if f["check"] == "applications-unbalanced")
    chosen = tree(client, f"/analysis/documents/{document.pk}/?finding={wrong}")
    assert chosen.css_first(f"#place-{wrong}") is not None, "the part with the finding is opened"


def test_unread_cells_are_no_zeros(clerk: Person, apart: Apart, as_person: AsPerson) -> None:
    html = page(values=WRONG).replace("<td>0</td>", "<td></td>", 1)
    document = hand_in_and_read(clerk, apart, ("a.html", html.encode())).documents.get()
    unread = [key for key, figure in document.reading.report["printed"].items() if figure["value"] is None]
    assert unread
    shown = tree(as_person(clerk), f"/analysis/documents/{document.pk}/?view=tables")
    cells = {node.attributes["id"]: node for node in shown.css("td[id^='cell-']")}
    for key, figure in document.reading.report["printed"].items():
        cell = cells[f"cell-{key}"]
        assert ("an-unread-cell" in (cell.attributes["class"] or "")) is (key in unread)
        assert ("未读" in cell.text()) is (key in unread)
        if key not in unread:
            assert figure["printed"] in cell.text()
    assert "格内空白 1 格" in shown.body.text()  # type: ignore[union-attr]


def test_pictures_are_kept_sealed_and_made_again_under_other_keys(
    pdf: Document, clerk: Person, as_person: AsPerson, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    def counted(*asked: Any) -> bytes:
        made.append(1)
        return making.made(*asked)

    monkeypatch.setattr(pictures, "made", counted)
    first = pictures.picture(pdf, 1)
    assert first.startswith(b"\x89PNG")
    (kept,) = [path for path in (settings.DATA / "page_pictures").rglob("*") if path.is_file()]
    assert b"PNG" not in kept.read_bytes()[:64]
    assert pictures.picture(pdf, 1) == first
    assert len(made) == 1
    settings.DATA_KEYS = (bytes(32), *settings.DATA_KEYS)
    store().reseal(pdf.sha256)
    settings.DATA_KEYS = (bytes(32),)
    assert pictures.picture(pdf, 1) == first, "the old key is not asked for"
    assert len(made) == 2
    assert pictures.picture(pdf, 1) == first
    assert len(made) == 2


def test_boxes_lie_on_the_page_picture(pdf: Document, clerk: Person, as_person: AsPerson) -> None:
    client = as_person(clerk)
    shown = tree(client, f"/analysis/documents/{pdf.pk}/?view=page&finding=1")
    (box,) = shown.css("svg rect.an-chosen")
    place = Reading.objects.get(document=pdf).findings[0]["where"][0]
    image = shown.css_first("svg image").attributes["href"]
    assert image == f"/analysis/documents/{pdf.pk}/pages/{place['page']}.png"
    assert float(box.attributes["x"] or 0) == pytest.approx(place["box"][0], abs=2)
    assert float(box.attributes["y"] or 0) == pytest.approx(place["box"][1], abs=2)

    picture = Image.open(BytesIO(client.get(image).content)).convert("L")
    width, height = pdf.page_sizes[place["page"] - 1]
    scale = picture.width / width
    assert picture.height / height == pytest.approx(scale, rel=0.01)
    left, top, right, bottom = (round(side * scale) for side in place["box"])
    assert picture.crop((left, top, right, bottom)).getextrema()[0] < 100, "there is ink where the box is"
    assert client.get(f"/analysis/documents/{pdf.pk}/pages/99.png").status_code == 404


@pytest.mark.parametrize("format", [*SHEET_FORMATS, "json"])
def test_findings_go_to_the_body_concerned(
    document: Document, clerk: Person, as_person: AsPerson, format: str, pdf_fonts: object
) -> None:
    answer = as_person(clerk).get(f"/analysis/documents/{document.pk}/findings.{format}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    message = document.reading.findings[0]["message"]
    if format == "json":
        assert json.loads(answer.content)["findings"] == document.reading.findings
    elif format == "html":
        assert message in answer.content.decode()
    elif format in ("docx", "xlsx"):
        with ZipFile(BytesIO(answer.content)) as package:
            words = "".join(package.read(n).decode() for n in package.namelist() if n.endswith(".xml"))
        assert message in re.sub("<[^>]*>", "", words)
    else:
        assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize("format", FORMATS)
def test_the_report_goes_out_in_any_format_and_is_the_same(
    document: Document, clerk: Person, as_person: AsPerson, format: str, pdf_fonts: object
) -> None:
    answer = as_person(clerk).get(f"/analysis/documents/{document.pk}/report.{format}")
    assert answer.status_code == 200
    values = document.reading.report["tables"]
    if format == "json":
        assert json.loads(answer.content)["tables"] == values
    else:
        assert to_json(reading.open(answer.content))["tables"] == values


def test_the_original_comes_back_as_it_was_to_be_saved(clerk: Person, apart: Apart, as_person: AsPerson) -> None:
    html = page(values=WRONG).encode()
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("乡镇/年报.html", html)
    for name, data in (("年报.html", html), ("包.zip", out.getvalue())):
        document = hand_in_and_read(clerk, apart, (name, data)).documents.get()
        answer = as_person(clerk).get(f"/analysis/documents/{document.pk}/original/")
        assert answer.content == html
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"].startswith("attachment")


def test_a_file_that_cannot_be_made_says_why_on_the_page(
    clerk: Person, apart: Apart, as_person: AsPerson, pdf_fonts: object
) -> None:
    odd = page().replace("专人负责", "专人负责\U000f0001")  # a character that no font has
    document = hand_in_and_read(clerk, apart, ("年报.html", odd.encode())).documents.get()
    answer = as_person(clerk).get(f"/analysis/documents/{document.pk}/report.pdf", follow=True)
    assert answer.status_code == 200
    assert "没有生成文件" in answer.content.decode()


def test_formats_that_there_are_not_are_no_pages(document: Document, clerk: Person, as_person: AsPerson) -> None:
    client = as_person(clerk)
    for name in ("findings.exe", "report.ofd", "pages/0.png", "pages/2.png"):
        assert client.get(f"/analysis/documents/{document.pk}/{name}").status_code == 404


def test_a_single_small_file_is_read_while_one_waits(clerk: Person, as_person: AsPerson) -> None:
    file = SimpleUploadedFile("年报.html", page(values=WRONG).encode())
    answer = as_person(clerk).post("/analysis/upload/", {"files": file, "body": clerk.body_id})
    document = Document.objects.get()
    assert document.state == State.READ
    assert (answer.status_code, answer["Location"]) == (302, f"/analysis/documents/{document.pk}/")
    assert Batch.objects.get().finished_at is not None


def test_where_others_wait_already_a_job_reads_it(clerk: Person, as_person: AsPerson) -> None:
    file = SimpleUploadedFile("年报.html", page(values=WRONG).encode())
    with turn(0), turn(0):
        answer = as_person(clerk).post("/analysis/upload/", {"files": file, "body": clerk.body_id})
    assert Document.objects.get().state == State.WAITING
    assert answer["Location"] == f"/analysis/batches/{Batch.objects.get().pk}/"


def test_several_files_are_read_by_jobs_with_progress(clerk: Person, as_person: AsPerson) -> None:
    client = as_person(clerk)
    files = [SimpleUploadedFile(f"{n}.html", page(values=balanced(n)).encode()) for n in range(3)]
    answer = client.post("/analysis/upload/", {"files": files, "body": clerk.body_id})
    batch = Batch.objects.get()
    assert answer["Location"] == f"/analysis/batches/{batch.pk}/"
    shown = tree(client, answer["Location"])
    assert shown.css_first(".look-progress").attributes["hx-get"] == f"/analysis/batches/{batch.pk}/progress/"
    assert shown.css_first(f'.look-progress a[href="/analysis/batches/{batch.pk}/"]') is not None, "without scripts"
    batch.documents.filter(number=1).update(state=State.READ)
    address, htmx = f"/analysis/batches/{batch.pk}/progress/", {"HX-Request": "true"}
    part = client.get(address, headers=htmx)
    assert "1/3" in part.content.decode()
    assert "HX-Refresh" not in part
    Batch.objects.update(finished_at="2024-01-26T00:00:00Z")
    assert client.get(address, headers=htmx)["HX-Refresh"] == "true"
    assert client.get(address)["Location"] == f"/analysis/batches/{batch.pk}/", "by hand it leads to the page"


@pytest.mark.parametrize(
    ("files", "said"), [([], "请选择要上传的文件"), ([("a.txt", b"x")] * 101, "一次最多上传 100 个文件")]
)
def test_what_is_wrong_with_an_upload_stands_beside_the_field(
    clerk: Person, as_person: AsPerson, files: list[tuple[str, bytes]], said: str
) -> None:
    given = [SimpleUploadedFile(name, data) for name, data in files]
    answer = as_person(clerk).post("/analysis/upload/", {"files": given, "body": clerk.body_id})
    assert said in answer.content.decode()
    assert not Batch.objects.exists()


def many(batch: Batch, like: Document, count: int) -> None:
    """``count`` documents that were read, as copies of one."""
    last = batch.documents.count()
    names = [field.attname for field in Document._meta.concrete_fields if field.attname not in ("id", "number")]
    copied = {name: getattr(like, name) for name in names}
    Document.objects.bulk_create(Document(**copied, number=last + n) for n in range(1, count + 1))


def test_pages_ask_the_same_number_of_questions_of_10_and_of_1000_documents(
    document: Document, clerk: Person, as_person: AsPerson
) -> None:
    batch = document.batch
    addresses = [
        "/analysis/",
        "/analysis/documents/?errors=yes&year=2023",
        f"/analysis/batches/{batch.pk}/",
        f"/analysis/batches/{batch.pk}/?check=applications-unbalanced&sort=-findings",
        f"/analysis/batches/{batch.pk}/progress/",
        f"/analysis/batches/{batch.pk}/?export=csv",
    ]
    client = as_person(clerk)

    def counts() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(address, headers={"HX-Request": "true"})
                assert answer.status_code == 200
                if answer.streaming:
                    b"".join(answer.streaming_content)  # type: ignore[arg-type]
            found.append(len(queries))
        return found

    many(batch, document, 9)
    client.get("/analysis/")  # what is asked once a process or a session
    few = counts()
    many(batch, document, 990)
    assert batch.documents.count() == 1000
    assert counts() == few
    assert max(few) < 25


def test_the_batch_is_summed_up_by_check(document: Document, clerk: Person, as_person: AsPerson) -> None:
    many(document.batch, document, 4)
    shown = tree(as_person(clerk), f"/analysis/batches/{document.batch_id}/")
    rows = [[cell.text() for cell in row.css("td")] for row in shown.css(".an-checks tbody tr")]
    by_id = {row[0]: row[2:] for row in rows}
    failing = [f for f in document.reading.findings if f["verdict"] == "fails"]
    assert by_id["A1"] == ["5", str(5 * sum(f["check"] == "applications-unbalanced" for f in failing))]
    assert len(rows) == len({f["check"] for f in failing})


def test_lists_go_out_as_files(document: Document, clerk: Person, as_person: AsPerson) -> None:
    client = as_person(clerk)
    answer = client.get("/analysis/documents/?export=csv&columns=name,errors")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[arg-type]
    assert lines == ["文件,错误", f"年报.html,{document.errors}"]
    assert client.get(f"/analysis/batches/{document.batch_id}/?export=xlsx").status_code == 200


def test_a_file_that_is_not_read_yet_says_so(clerk: Person, as_person: AsPerson) -> None:
    document = hand_in(clerk, ("年报.html", page().encode())).documents.get()
    client = as_person(clerk)
    assert "还没有读完" in client.get(f"/analysis/documents/{document.pk}/").content.decode()
    assert client.get(f"/analysis/documents/{document.pk}/findings.docx").status_code == 404


def test_every_rule_is_explained_where_findings_lead(clerk: Person, as_person: AsPerson) -> None:
    from gongkai.checks import catalogue

    shown = tree(as_person(clerk), "/analysis/rules/")
    assert {node.attributes["id"] for node in shown.css("article[id]")} == set(catalogue())


def test_the_desk_shows_what_i_uploaded_and_what_failed(clerk: Person, stranger: Person, apart: Apart) -> None:
    from gongkai.office.acts.policy import Actor
    from gongkai.office.analysis.cards import cards

    assert list(cards(Actor(person=clerk))) == []
    hand_in_and_read(clerk, apart, ("坏的.docx", b"PK\x03\x04broken"), ("年报.html", page().encode()))
    uploads, failed = cards(Actor(person=clerk))
    assert [item.label for item in uploads.items] == ["坏的.docx 等2个文件"]
    assert (failed.count, [item.label for item in failed.items]) == (1, ["坏的.docx"])
    assert list(cards(Actor(person=stranger))) == []
