"""``reading.open``: what it takes, and what it says of what it cannot take."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from reading.layouts import bars, html_spans
from reading.peak import peak_megabytes
from reading.test_tables import figures, values

from gongkai import checks, reading
from gongkai.reading.errors import UnreadableError


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("layout", [bars, html_spans])
def test_a_report_reads_the_same_in_every_encoding(encoding: str, layout: Callable[[object], str]) -> None:
    printed = figures(3)
    assert values(reading.open(layout(printed).encode(encoding))) == printed


def test_a_path_bytes_and_text_give_the_same_report(tmp_path: Path) -> None:
    text = bars(figures(5))
    path = tmp_path / "年报.docx"  # the suffix lies: the content decides
    path.write_text(text, encoding="utf-8")
    assert reading.open(path) == reading.open(str(path)) == reading.open(text.encode()) == reading.open(text)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "图片"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "另存为"),
        (b"{\\rtf1 abc}", "RTF"),
        (bytes(range(256)) * 40, "二进制"),
        (b"%PDF-1.7\n" + bytes(3000), "PDF"),
        (b"PK\x03\x04" + bytes(200), "压缩"),
    ],
)
def test_what_cannot_be_read_is_named_in_one_chinese_line(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        reading.open(data)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="没有这个文件"):
        reading.open(tmp_path / "没有.txt")
    with pytest.raises(UnreadableError, match="文件夹"):
        reading.open(tmp_path)


def test_words_that_are_no_report_give_a_report_with_nothing_in_it() -> None:
    report = reading.open("关于召开会议的通知\n请各科室按时参加。\n")
    assert (report.form, report.year, report.chapters, report.figures) == (None, None, [], {})
    assert {f.check for f in checks.run(report) if f.verdict == "fails"} >= {"figure-missing"}


HOSTILE: dict[str, Callable[[], str]] = {
    "bars": lambda: "一、总体情况\n" + "|" * 4_000_000,
    "lines of bars": lambda: "| 0 " * 40 + "\n" + "|\n" * 2_000_000,
    "short lines": lambda: "0\n" * 2_400_000,
    "tabs": lambda: "\t" * 4_900_000 + "\n甲",
    "labels": lambda: "一、本年新收政府信息公开申请数量\n" * 250_000,
    "labels with a number": lambda: "规章\n1\n" * 600_000,
    "nearly labels": lambda: "".join(f"{n}属于三类内务信息{n}\n0\n" for n in range(150_000)),
    "headings": lambda: "一、总体情况\n" * 500_000,
    "spaces": lambda: ("规章" + " " * 100 + "x\n") * 40_000,
    "one long line": lambda: "甲2022年政府信息公开" * 400_000,
    "titles": lambda: "二〇二二年政府信息公开工作年度报告\n" * 200_000,
    "brackets": lambda: "（" * 2_000_000 + "\n" + "《" * 2_000_000,
    "numbers": lambda: "收到政府信息公开申请1件，" * 300_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_seconds_and_not_the_memory(name: str) -> None:
    """Reading and checking, in a process of its own: at most 10 s of processor time and 512 MB."""
    code = f"from reading.test_open import measured; measured({name!r})"
    tests = str(Path(__file__).resolve().parents[1])
    paths = ":".join([tests, *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": paths}, capture_output=True, text=True, timeout=90, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds < 10
    assert megabytes < 512


def measured(name: str) -> None:
    """Print the seconds of processor time that reading and checking take, and the most megabytes of the process."""
    text = HOSTILE[name]()
    start = time.process_time()
    checks.run(reading.open(text))
    print(time.process_time() - start, peak_megabytes())
