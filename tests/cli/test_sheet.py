"""``gongkai check --sheet``: the findings as a document to be sent back, beside what is printed."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import docx
import pytest
from cli.documents import balanced, gongkai, page
from selectolax.lexbor import LexborHTMLParser


def unbalanced() -> dict[str, int]:
    return {**balanced(3), "applications.received.natural_person": 4}


def write(folder: Path, name: str, **content: object) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(**content), encoding="utf-8")  # type: ignore[arg-type]
    return path


def test_the_sheet_lists_what_is_printed(tmp_path: Path) -> None:
    source, target = write(tmp_path, "a.html", values=unbalanced()), tmp_path / "意见.html"
    run = gongkai("check", source, "--sheet", target)
    assert run.code == 1
    assert f"核对意见 → {target}" in run.out
    tree = LexborHTMLParser(target.read_text(encoding="utf-8"))
    rows = [row.text() for row in tree.css("table.findings tbody tr")]
    numbered = [line for line in run.out.splitlines() if line.strip()[:1].isdigit()]
    assert len(rows) == len(numbered) > 1
    assert "收办不平衡" in rows[0]
    assert tree.css_first('td[data-key="applications.received.natural_person"] mark') is not None


def test_without_the_option_the_same_is_printed(tmp_path: Path) -> None:
    source = write(tmp_path, "a.html", values=unbalanced())
    plain, sheet = gongkai("check", source), gongkai("check", source, "--sheet", tmp_path / "意见.docx")
    assert sheet.out.replace(f"  核对意见 → {tmp_path / '意见.docx'}\n", "") == plain.out


def test_the_choice_of_checks_and_the_year_before_hold_for_the_sheet(tmp_path: Path) -> None:
    old = write(tmp_path, "old.html", year=2022, values=balanced(5, carried_out=1))
    source = write(tmp_path, "a.html", values=balanced(3, carried_in=2))
    target = tmp_path / "意见.docx"
    gongkai("check", source, "--previous", old, "--only", "A4", "--sheet", target)
    (table, *_) = docx.Document(BytesIO(target.read_bytes())).tables
    cells = [row.cells[2].text for row in table.rows[1:]]
    assert cells
    assert all("上年结转与上年度报告的结转下年度不一致" in cell for cell in cells)


def test_in_a_folder_every_document_has_its_sheet_in_word(tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        write(tmp_path, f"in/{name}.html", values=unbalanced())
    run = gongkai("check", tmp_path / "in", "--sheet", f"{tmp_path}/out/")
    assert run.code == 1
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["乙-核对意见.docx", "甲-核对意见.docx"]
    gongkai("check", tmp_path / "in", "--sheet", f"{tmp_path}/out/意见-{{stem}}.html")
    assert (tmp_path / "out/意见-甲.html").is_file()


def test_json_stays_json(tmp_path: Path) -> None:
    source, target = write(tmp_path, "a.html", values=unbalanced()), tmp_path / "意见.html"
    run = gongkai("check", "--json", source, "--sheet", target)
    assert [json.loads(line)["source"] for line in run.out.splitlines()] == [str(source)]
    assert run.out == gongkai("check", "--json", source).out
    assert target.is_file()


@pytest.mark.parametrize("which", ["document", "previous", "part"])
def test_what_is_read_is_never_written_over(tmp_path: Path, which: str) -> None:
    paths = {
        "document": write(tmp_path, "a.html", agency="青禾县人民政府"),
        "previous": write(tmp_path, "b.html", year=2022),
        "part": write(tmp_path, "c.html"),
    }
    before = paths[which].read_bytes()
    run = gongkai(
        "check", paths["document"], "--previous", paths["previous"], "--parts", paths["part"], "--sheet", paths[which]
    )
    assert run.code == 2
    assert "是要读取的文件，不能覆盖" in run.err
    assert "核对意见 →" not in run.out
    assert "共 1 份" in run.out
    assert "未能读取" not in run.out
    assert paths[which].read_bytes() == before


def test_one_file_takes_one_sheet_and_a_format_that_there_is(tmp_path: Path) -> None:
    for name in "ab":
        write(tmp_path, f"in/{name}.html")
    several = gongkai("check", tmp_path / "in", "--sheet", tmp_path / "x.docx")
    assert (several.code, several.out) == (2, "")
    assert "有多份报告，而 --sheet 是一个文件" in several.err
    text = gongkai("check", tmp_path / "in/a.html", "--sheet", tmp_path / "x.txt")
    assert text.code == 2
    assert "请用这些后缀之一：.docx、.pdf、.html、.xlsx" in text.err
