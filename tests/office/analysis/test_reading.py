"""Uploads are read as the core reads them, and compared with what belongs to them."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from cli.documents import balanced, page
from office.analysis.uploads import File, hand_in, hand_in_and_read, read_all
from procrastinate.contrib.django.models import ProcrastinateJob
from shared_files import ROOT, file_name, needs_shared, report_files, seed_files

from gongkai import checks, reading
from gongkai.cli.work import ordered
from gongkai.office.acts.attachments.store import FileStore
from gongkai.office.acts.models import Act
from gongkai.office.acts.policy import Actor
from gongkai.office.analysis.apart.reader import Apart
from gongkai.office.analysis.models import Batch, Document, State
from gongkai.office.analysis.services.reading import read_each
from gongkai.office.analysis.services.removing import remove
from gongkai.office.analysis.tasks.reading import compare_documents
from gongkai.office.bodies.models import Person
from gongkai.report import to_json

SAMPLES = sorted(path for path in (ROOT / "samples").glob("20*/*"))
BUREAU = "青禾县水务局"


def report_of(year: int, values: dict[str, int], agency: str = BUREAU) -> File:
    return f"{agency}{year}.html", page(agency, year, values).encode()


def zipped(*files: File) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def checks_of(document: Document) -> set[str]:
    return {finding["check"] for finding in document.reading.findings if finding["verdict"] == "fails"}


def test_every_sample_gives_the_report_and_findings_of_the_command_line(clerk: Person, apart: Apart) -> None:
    batch = hand_in_and_read(clerk, apart, *((path.name, path.read_bytes()) for path in SAMPLES))
    documents = list(batch.documents.select_related("reading"))
    assert [(document.state, document.reason) for document in documents] == [(State.READ, "")] * len(SAMPLES)
    for path, document in zip(SAMPLES, documents, strict=True):
        report = reading.open(path)
        assert document.reading.report == to_json(report), path.name
        assert (document.agency, document.year) == (report.agency or "", report.year)
        if document.previous is None:
            expected = [finding.to_json() for finding in ordered(checks.run(report))]
            assert document.reading.findings == expected, path.name
            assert document.errors == sum(f["severity"] == "error" and f["verdict"] == "fails" for f in expected)
    act = Act.objects.get(verb="analysis.finish")
    assert (act.actor_name, act.detail) == ("系统", {"read": len(SAMPLES), "failed": 0})


@needs_shared
@pytest.mark.parametrize("path", [*seed_files(), *report_files()], ids=file_name)
def test_real_reports_are_read(clerk: Person, apart: Apart, path: Path) -> None:
    document = hand_in_and_read(clerk, apart, (path.name, path.read_bytes())).documents.get()
    assert document.state == State.READ
    assert document.reading.report == json.loads(json.dumps(to_json(reading.open(path))))
    assert len(document.page_sizes) == len(document.reading.report["pages"])


def test_the_year_before_in_the_same_batch_is_compared(clerk: Person, apart: Apart) -> None:
    batch = hand_in_and_read(
        clerk, apart, report_of(2023, balanced(5, carried_in=2)), report_of(2022, balanced(4, carried_out=1))
    )
    later, earlier = batch.documents.all()
    assert later.previous == earlier
    assert "carry-over-broken" in checks_of(later)
    assert later.reading.remarks == [f"已与上年度报告“{earlier.name}”核对"]
    assert earlier.reading.remarks[0].startswith(f"没有找到“{BUREAU}”2021 年度报告")


def test_the_year_before_may_come_later_and_may_go_again(clerk: Person, apart: Apart) -> None:
    later = hand_in_and_read(clerk, apart, report_of(2023, balanced(5, carried_in=2))).documents.get()
    assert "carry-over-broken" not in checks_of(later)
    second = hand_in_and_read(clerk, apart, report_of(2022, balanced(4, carried_out=1)))
    later = Document.objects.get(pk=later.pk)
    assert later.previous == second.documents.get()
    assert "carry-over-broken" in checks_of(later)

    ProcrastinateJob.objects.all().delete()
    remove(Actor(person=clerk), second, ground="传错了")
    job = ProcrastinateJob.objects.get(task_name="analysis.compare")
    compare_documents(**job.args)
    later = Document.objects.get(pk=later.pk)
    # What it was compared with is gone: its findings speak of it no longer.
    assert later.previous is None
    assert later.errors == len([f for f in later.reading.findings if f["severity"] == "error"])


def test_another_body_s_upload_is_never_compared_with(clerk: Person, stranger: Person, apart: Apart) -> None:
    hand_in_and_read(stranger, apart, report_of(2022, balanced(4, carried_out=1)))
    later = hand_in_and_read(clerk, apart, report_of(2023, balanced(5, carried_in=2))).documents.get()
    assert later.previous is None
    assert "carry-over-broken" not in checks_of(later)


def test_of_two_different_reports_for_the_year_before_none_is_taken(clerk: Person, apart: Apart) -> None:
    batch = hand_in_and_read(
        clerk, apart, report_of(2023, balanced(5)), report_of(2022, balanced(4)), report_of(2022, balanced(3))
    )
    later = batch.documents.first()
    assert later is not None
    assert later.previous is None
    assert later.reading.remarks[0].startswith("本批有 2 份")


COUNTY = "青禾县人民政府"


@pytest.mark.parametrize("with_parts", [True, False])
def test_a_county_s_report_is_held_against_its_parts_when_the_uploader_says_they_are_all(
    clerk: Person, apart: Apart, with_parts: bool
) -> None:
    batch = hand_in_and_read(
        clerk,
        apart,
        report_of(2023, balanced(9), COUNTY),
        report_of(2023, balanced(4)),
        report_of(2023, balanced(3), "青禾县教育局"),
        with_parts=with_parts,
    )
    county = batch.documents.get(kind="county_government")
    assert ("rollup-mismatch" in checks_of(county)) is with_parts
    assert any("2 份所属单位" in remark for remark in county.reading.remarks) is with_parts


def test_parts_that_could_not_be_read_are_no_fault_of_the_sum(clerk: Person, apart: Apart) -> None:
    files = report_of(2023, balanced(9), COUNTY), report_of(2023, balanced(4)), ("照片.docx", b"\x89PNG\r\n\x1a\n" * 9)
    county = hand_in_and_read(clerk, apart, *files, with_parts=True).documents.get(kind="county_government")
    assert "rollup-mismatch" not in checks_of(county)
    assert "本批有 1 份未能读取，未与各单位合计核对" in county.reading.remarks


def test_the_documents_of_an_archive_take_its_place(clerk: Person, apart: Apart) -> None:
    good, inner = report_of(2023, balanced(4)), zipped(("x.txt", b"x"))
    archive = zipped(("乡镇/甲.html", good[1]), ("__MACOSX/._甲.html", b"x"), ("里面.zip", inner), ("空.txt", b" "))
    batch = hand_in_and_read(clerk, apart, ("年报.zip", archive), good)
    found = {document.name: (document.state, document.reason) for document in batch.documents.all()}
    assert found.pop(good[0]) == (State.READ, "")
    assert found == {
        "年报.zip：乡镇/甲.html": (State.READ, ""),
        "年报.zip：里面.zip": (State.FAILED, "压缩包里还有压缩包，不再打开；请先解压"),
        "年报.zip：空.txt": (State.FAILED, "文件是空的，没有任何内容；请检查是否下载或保存完整"),
    }


def test_the_documents_of_an_archive_share_a_copy_of_it_that_is_gone_afterwards(
    clerk: Person, apart: Apart, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    lent: list[str] = []
    lend = FileStore.lent

    def counted(store: FileStore, sha256: str, *name: str) -> Any:
        lent.append(sha256)
        return lend(store, sha256, *name)

    monkeypatch.setattr(FileStore, "lent", counted)
    good = report_of(2023, balanced(4))
    archive = zipped(*((f"{number}.html", good[1] + b"\n" * number) for number in range(4)))
    batch = hand_in(clerk, ("年报.zip", archive), ("单份.html", good[1]))
    read_all(batch, apart)
    assert len(lent) == 2 + 4, "one by one: a copy for each"
    batch = hand_in(clerk, ("年报.zip", archive), ("单份.html", good[1]))
    lent.clear()
    while ids := list(batch.documents.filter(state="waiting").order_by("number").values_list("pk", flat=True)):
        assert read_each(ids, apart) == []
    assert len(lent) == 3, "archive and report, then the four out of the archive from one copy"
    assert set(batch.documents.values_list("state", flat=True)) == {State.READ}
    assert list((settings.DATA / "files/lent").iterdir()) == []


def test_exported_data_is_read_back(clerk: Person, apart: Apart) -> None:
    first = hand_in_and_read(clerk, apart, report_of(2023, balanced(4))).documents.get()
    line = json.dumps({"source": "a.html", **first.reading.report}, ensure_ascii=False).encode()
    batch = hand_in_and_read(clerk, apart, ("一份.json", line), ("两份.jsonl", line + b"\n" + line + b"\n"))
    assert [document.reading.report for document in batch.documents.all()] == [first.reading.report] * 3


def test_the_same_file_twice_in_a_batch_is_taken_once(clerk: Person, apart: Apart) -> None:
    batch = hand_in_and_read(clerk, apart, ("甲.html", page().encode()), ("乙.html", page().encode()))
    states = [document.state for document in batch.documents.all()]
    assert states == [State.READ, State.FAILED]
    assert "内容与已有的附件相同" in batch.documents.last().reason  # type: ignore[union-attr]


def test_reading_twice_writes_once(clerk: Person, apart: Apart) -> None:
    batch = hand_in(clerk, report_of(2023, balanced(4)))
    read_all(batch, apart)
    finished = batch.finished_at
    read_all(batch, apart)
    assert batch.finished_at == finished
    assert Act.objects.filter(verb="analysis.finish").count() == 1
    assert Batch.objects.counted().get().read_count == 1
