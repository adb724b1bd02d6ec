"""PATHS as typed: which documents they stand for, in which order, and what is said of those that are not there."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from cli.documents import gongkai, page

from gongkai.cli.archive import Archive
from gongkai.cli.sources import expand
from gongkai.reading.errors import UnreadableError


def labels(paths: Iterable[str | Path]) -> list[str]:
    return [source.label for source in expand([str(p) for p in paths])]


def errors(paths: Iterable[str | Path]) -> list[str | None]:
    return [source.error for source in expand([str(p) for p in paths])]


def gbk_zip(path: Path, members: dict[str, bytes]) -> None:
    """An archive as Windows makes it: names in GBK, no UTF-8 flag."""
    local, central = b"", b""
    for name, data in members.items():
        raw, crc = name.encode("gbk"), zlib.crc32(data)
        fields = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 33, crc, len(data), len(data), len(raw), 0)
        entry = b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, len(local)) + raw
        central += entry
        local += b"PK\x03\x04" + fields + raw + data
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(members), len(members), len(central), len(local), 0)
    path.write_bytes(local + central + end)


def test_a_folder_is_read_in_order_without_hidden_files_and_the_companions_of_web_pages(tmp_path: Path) -> None:
    for name in ("乙/2.html", "乙/10.html", "甲.html", ".隐藏.html", ".git/x.html", "乙/style.css", "~$甲.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [Path(label).relative_to(tmp_path).as_posix() for label in labels([tmp_path])] == [
        "甲.html",
        "乙/10.html",
        "乙/2.html",
    ]


def test_a_quoted_glob_is_expanded_and_a_file_whose_name_looks_like_one_is_taken_as_it_is(tmp_path: Path) -> None:
    for name in ("a1.html", "a2.html", "b.html", "[公开]a.html"):
        (tmp_path / name).write_text("x")
    assert [Path(label).name for label in labels([tmp_path / "a*.html"])] == ["a1.html", "a2.html"]
    assert [Path(label).name for label in labels([tmp_path / "[公开]a.html"])] == ["[公开]a.html"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [("没有.html", "没有这个文件"), ("没有*.html", "没有文件与这个写法相符"), ("空", "文件夹里没有可读的文件")],
)
def test_what_is_not_there_is_said(tmp_path: Path, path: str, reason: str) -> None:
    (tmp_path / "空").mkdir()
    run = gongkai("read", tmp_path / path)
    assert run.code == 2
    assert reason in run.err


def test_members_of_an_archive_are_documents_with_names_in_gbk(tmp_path: Path) -> None:
    archive = tmp_path / "年报.zip"
    gbk_zip(archive, {"乡镇/柳树沟镇.html": page("柳树沟镇人民政府").encode(), "__MACOSX/x.html": b"x"})
    run = gongkai("read", "--json", archive)
    assert (run.code, run.err) == (0, "")
    (line,) = map(json.loads, run.out.splitlines())
    assert line["source"] == f"{archive}!乡镇/柳树沟镇.html"
    assert line["agency"] == "柳树沟镇人民政府"


def test_an_archive_in_an_archive_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with ZipFile(archive, "w") as file:
        file.writestr("内.zip", b"PK\x03\x04")
        file.writestr("好.html", page())
    run = gongkai("read", archive)
    assert run.code == 2
    assert f"{archive}!内.zip：压缩包里还有压缩包" in run.err
    assert "共 2 份：读出 1 份，未能读取 1 份" in run.out


def test_a_bomb_and_a_broken_archive_are_one_line_each(tmp_path: Path) -> None:
    bomb, broken, empty = tmp_path / "bomb.zip", tmp_path / "broken.zip", tmp_path / "empty.zip"
    with ZipFile(bomb, "w", ZIP_DEFLATED) as file, file.open("zero.html", "w") as member:
        for _ in range(60):
            member.write(b"\0" * 1024**2)
        member.close()
    broken.write_bytes(b"PK\x03\x04" + b"x" * 200)
    with ZipFile(empty, "w"):
        pass
    run = gongkai("read", tmp_path)
    assert run.code == 2
    lines = run.err.splitlines()
    assert len(lines) == 3
    assert "解压后过大" in lines[0]
    assert "损坏" in lines[1]
    assert "压缩包里没有可读的文件" in lines[2]


def test_an_archive_whose_members_sum_up_to_too_much_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        for number in range(4):
            file.writestr(f"{number}.html", b"x" * 1000)
    monkeypatch.setattr("gongkai.cli.archive.MAX_ARCHIVE", 2500)
    archive = Archive(path.read_bytes())
    assert [len(archive.read(f"{n}.html")) for n in range(3)] == [1000, 1000, 1000]
    with pytest.raises(UnreadableError, match="解压后过大"):
        archive.read("3.html")


def test_an_office_file_called_zip_is_a_document(tmp_path: Path) -> None:
    path = tmp_path / "报告.zip"
    with ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", "<w/>")
    assert labels([path]) == [str(path)]
    assert errors([path]) == [None]


def test_standard_input_is_a_document_an_archive_or_json_lines(tmp_path: Path) -> None:
    html = page().encode()
    read = gongkai("read", "-", "--json", stdin=html)
    assert read.code == 0
    assert json.loads(read.out)["source"] == "标准输入"
    with ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr("a.html", html)
    zipped = gongkai("read", "-", "--json", stdin=(tmp_path / "a.zip").read_bytes())
    assert json.loads(zipped.out)["source"] == "标准输入!a.html"
    again = gongkai("read", "-", "--json", stdin=(read.out + zipped.out).encode())
    assert again.out == read.out + zipped.out
    assert gongkai("read", "-", stdin=b"").code == 2


def test_json_lines_are_reports_and_carry_the_errors_of_their_run(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page())
    first = gongkai("read", "--json", tmp_path / "a.html", tmp_path / "没有.html")
    assert first.code == 2
    lines = tmp_path / "年报.jsonl"
    lines.write_text(first.out)
    second = gongkai("read", "--json", lines)
    assert second.out == first.out
    assert second.code == 2
    pretty = tmp_path / "one.json"
    pretty.write_text(json.dumps(json.loads(first.out.splitlines()[0]), indent=1))
    assert gongkai("read", "--json", pretty).out == first.out.splitlines(keepends=True)[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "不是完整的 JSON"),
        ("[1]", "不是本软件的年度报告数据"),
        ('{"schema": "x"}', "不是本软件的年度报告数据"),
        ('{"schema": "gongkai/report/1"}', "不完整或被改坏"),
        ("[" * 100_000, "不是完整的 JSON"),
    ],
)
def test_json_of_something_else_is_one_line(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    run = gongkai("check", path)
    assert run.code == 2
    assert len(run.err.splitlines()) == 1
    assert reason in run.err
