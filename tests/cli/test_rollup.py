"""``gongkai rollup``: members given as files, what is incomplete and because of whom, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.documents import Run, balanced, gongkai, page

from gongkai import reading
from gongkai.report import from_json
from gongkai.rollup import explain

COUNTY = "青禾县人民政府"
CELL = "applications.received.total"
CHECK = "rollup-mismatch"


def members(folder: Path, **values: int) -> Path:
    """A folder with a report for each of ``values``: the body's name → applications received."""
    folder.mkdir(exist_ok=True)
    for name, received in values.items():
        (folder / f"{name}.html").write_text(page(f"青禾县{name}", values=balanced(received)), encoding="utf-8")
    return folder


def rollup(folder: Path, target: Path, *more: str | Path, year: int = 2023) -> Run:
    return gongkai("rollup", folder, "--agency", COUNTY, "--year", str(year), "-o", target, *more)


def test_the_sum_keeps_what_it_sums(tmp_path: Path) -> None:
    folder = members(tmp_path / "in", 水利局=3, 教育局=4)
    run = rollup(folder, tmp_path / "汇总.json")
    assert (run.code, run.err) == (0, "")
    assert f"已汇总 2 份报告 → {tmp_path}/汇总.json" in run.out
    assert "共 200 格，各格完整" in run.out
    whole = from_json(json.loads((tmp_path / "汇总.json").read_bytes()))
    assert (whole.agency, whole.year, whole.value(CELL)) == (COUNTY, 2023, 7)
    assert sorted(explain(whole, CELL)) == [("青禾县教育局", 4), ("青禾县水利局", 3)]
    read = json.loads(gongkai("read", "--json", tmp_path / "汇总.json").out)
    assert sorted(read["printed"][CELL]["parts"]) == ["青禾县教育局=4", "青禾县水利局=3"]
    shown = gongkai("read", tmp_path / "汇总.json").out
    assert "文中没有这张表" not in shown
    assert any(line.split()[-1] == "7" for line in shown.splitlines() if "本年新收" in line)


@pytest.mark.parametrize("format", ["html", "docx", "xlsx"])
def test_a_county_report_made_of_its_parts_agrees_with_them(tmp_path: Path, format: str) -> None:
    folder = members(tmp_path / "in", 水利局=3, 教育局=4)
    target = tmp_path / f"汇总.{format}"
    assert rollup(folder, target).code == 0
    assert reading.open(target).value(CELL) == 7
    run = gongkai("check", target, "--parts", folder, "--only", CHECK)
    assert (run.code, run.err) == (0, "")
    assert "没有发现问题" in run.out


def test_json_lines_of_read_are_summed_too(tmp_path: Path) -> None:
    lines = gongkai("read", "--json", members(tmp_path / "in", 水利局=3, 教育局=4)).out
    run = gongkai("rollup", "-", "--agency", COUNTY, "--year", "2023", "-o", tmp_path / "a.json", stdin=lines.encode())
    assert run.code == 0
    assert json.loads((tmp_path / "a.json").read_bytes())["tables"]["applications"]["received"]["total"] == 7


def test_who_is_absent_is_said_and_the_sum_has_no_value(tmp_path: Path) -> None:
    folder = members(tmp_path / "in", 水利局=3, 教育局=4)
    names = tmp_path / "名单.txt"
    names.write_bytes("青禾县水利局\r\n\r\n青禾县民政局\r\n".encode("gb18030"))
    run = rollup(folder, tmp_path / "a.json", "--required", names, "青禾县司法局")
    assert run.code == 1
    flat = "".join(run.out.split())
    assert "缺少2个单位的报告，各格汇总数都不完整：青禾县民政局、青禾县司法局" in flat
    assert "200格不完整，留空" in flat
    assert json.loads((tmp_path / "a.json").read_bytes())["tables"]["applications"]["received"]["total"] is None
    complete = rollup(folder, tmp_path / "b.json", "--required", "青禾县水利局", "青禾县教育局")
    assert complete.code == 0


def test_a_cell_that_a_member_left_blank_is_incomplete_because_of_it(tmp_path: Path) -> None:
    folder = members(tmp_path / "in", 水利局=3, 教育局=4)
    path = folder / "教育局.html"
    path.write_text(path.read_text("utf-8").replace("<td>4</td><td>0</td>", "<td>4</td><td></td>", 1), "utf-8")
    run = rollup(folder, tmp_path / "a.json")
    assert run.code == 1
    assert "1 格不完整" in run.out
    assert "青禾县教育局" in run.out
    assert "青禾县水利局" not in run.out


def test_what_cannot_be_one_report_is_refused_with_its_files(tmp_path: Path) -> None:
    folder = members(tmp_path / "in", 水利局=3, 教育局=4)
    (folder / "再来.html").write_text(page("青禾县水利局"), encoding="utf-8")
    (folder / "旧.html").write_text(page("青禾县司法局", year=2020), encoding="utf-8")
    run = rollup(folder, tmp_path / "a.docx")
    assert (run.code, run.out) == (2, "")
    assert run.err.count("\n") == 1
    assert "青禾县司法局（2020 年度）" in run.err
    assert "同一单位有不止一份报告" in run.err
    assert f"份是 {folder}/再来.html" in run.err
    assert not (tmp_path / "a.docx").exists()


def test_a_member_that_cannot_be_read_stops_the_sum(tmp_path: Path) -> None:
    folder = members(tmp_path / "in", 水利局=3)
    (folder / "x.pdf").write_bytes(b"%PDF-1.7 broken")
    run = rollup(folder, tmp_path / "a.docx")
    assert run.code == 2
    assert run.err.startswith(f"{folder}/x.pdf：")
    assert "有 1 份报告未能读取，没有汇总" in run.err
    assert not (tmp_path / "a.docx").exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--required", "名单/单位.txt"], "名单/单位.txt：没有这个文件"),
        (["-o", "out/"], "-o 请写一个文件名，后缀为 .html、.docx、.pdf、.xlsx、.json 之一"),
        (["-o", "汇总"], "-o 请写一个文件名"),
        (["--year", "去年"], "选项 --year 的值不对"),
        (["--agency", " "], "没有写明汇总报告的机关名称"),
    ],
)
def test_usage_errors_are_one_line(tmp_path: Path, more: list[str], said: str) -> None:
    run = rollup(members(tmp_path / "in", 水利局=3), tmp_path / "a.docx", *more)
    assert run.code == 2
    assert said in run.err
    assert run.err.count("\n") == 1
    assert not (tmp_path / "a.docx").exists()


def test_no_member_and_no_list_of_names_is_written_over(tmp_path: Path) -> None:
    folder = members(tmp_path / "in", 水利局=3)
    names = tmp_path / "名单.html"
    names.write_text("青禾县水利局\n", encoding="utf-8")
    for target in (folder / "水利局.html", names):
        before = target.read_bytes()
        run = rollup(folder, target, "--required", names)
        assert run.code == 2
        assert "不能覆盖" in run.err
        assert target.read_bytes() == before


def test_a_workbook_is_no_list_of_names(tmp_path: Path) -> None:
    folder = members(tmp_path / "in", 水利局=3)
    names = tmp_path / "名单.xlsx"
    names.write_bytes(b"PK\x03\x04\0\0")
    run = rollup(folder, tmp_path / "a.json", "--required", names)
    assert run.code == 2
    assert "请用文本文件，每行一个单位名称" in run.err
