"""``gongkai new``: a blank form that is filled in by hand and read back as it was filled in."""

from __future__ import annotations

import json
import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from cli.documents import AGENCY, balanced, gongkai

from gongkai import reading
from gongkai.cli.new import kind_called
from gongkai.cli.wording import UsageError
from gongkai.rendering.grid import row_label
from gongkai.report import load_form
from gongkai.report.model import KINDS

FORM = load_form("2021")
FORGOTTEN = "remedies.direct_litigation.total"
# What the clerk writes: numbers that agree, the rest 0, and one cell that is forgotten.
FILLED = {
    **dict.fromkeys(FORM.cells, "0"),
    **{cell: str(number) for cell, number in balanced(7, 2, 1).items()},
    "proactive.licensing.decisions": "311",
    "proactive.fees.amount_10k_cny": "84.67",
    FORGOTTEN: "",
}


def new(target: Path, kind: str = "县级人民政府部门", year: int = 2025) -> None:
    run = gongkai("new", "--agency", AGENCY, "--kind", kind, "--year", str(year), "-o", target)
    assert (run.code, run.out, run.err) == (0, f"空白报告 → {target}\n", "")


def by_label() -> dict[str, list[str]]:
    """Printed label of each row of tables 1 and 2 → what is written beside it; labels met twice hold the later rows."""
    out: dict[str, list[str]] = {}
    for table in (FORM.tables["proactive"], FORM.tables["applications"]):
        for row in table.rows.values():
            label = row.label if table.key == "proactive" else row_label(row)
            out.setdefault(label, []).extend(FILLED[f"{table.key}.{row.key}.{column}"] for column in row.columns)
    return out


REMEDIES = [FILLED[cell] for cell in FORM.tables["remedies"].cells]


def fill_in_word(path: Path) -> None:
    document = docx.Document(str(path))
    labels = by_label()
    proactive, applications, remedies = document.tables
    for table in (proactive, applications):
        for row in table.rows:
            cells = list({id(cell._tc): cell for cell in row.cells}.values())
            at = max((n for n, cell in enumerate(cells) if cell.text in labels), default=None)
            if at is not None:
                for cell in cells[at + 1 :]:
                    cell.paragraphs[0].add_run(labels[cells[at].text].pop(0))
    for cell, text in zip(remedies.rows[-1].cells, REMEDIES, strict=True):
        cell.paragraphs[0].add_run(text)
    assert not any(labels.values())
    document.save(str(path))


def fill_in_excel(path: Path) -> None:
    """Numbers into the empty cells beside the labels, as a spreadsheet program saves them."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    strings = re.findall(r"<si>(?:<t[^>]*>)(.*?)</t>", parts["xl/sharedStrings.xml"].decode(), re.S)
    labels = by_label()
    for name in ("xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml", "xl/worksheets/sheet4.xml"):
        xml = parts[name].decode()
        rows = re.findall(r"<row .*?</row>", xml, re.S)
        for row in rows:
            held = [strings[int(n)] for n in re.findall(r't="s"><v>(\d+)</v>', row)]
            beside = [label for label in held if label in labels]
            values = (
                labels[beside[-1]] if beside else list(REMEDIES) if name.endswith("4.xml") and row == rows[-1] else []
            )
            width = 3 if name.endswith("2.xml") else 7 if name.endswith("3.xml") else 15
            empty = re.findall(r'<c r="[A-Z]+\d+" s="\d+"/>', row)[-width:] if values else []
            filled = row
            for cell in empty:
                text = values.pop(0) if values else ""
                filled = filled.replace(cell, f"{cell[:-2]}><v>{text}</v></c>") if text else filled
            xml = xml.replace(row, filled)
        parts[name] = xml.encode()
    assert not any(labels.values())
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


@pytest.mark.parametrize(("format", "fill"), [("docx", fill_in_word), ("xlsx", fill_in_excel)])
def test_what_is_filled_in_is_read(tmp_path: Path, format: str, fill) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / f"空白.{format}"
    new(path)
    fill(path)
    run = gongkai("read", "--json", path)
    assert (run.code, run.err) == (0, "")
    read = json.loads(run.out)
    assert (read["agency"], read["kind"], read["year"], read["form"]) == (AGENCY, "department", 2025, "2021")
    expected = {cell: text or None for cell, text in FILLED.items()}
    assert {cell: None if f["value"] is None else str(f["value"]) for cell, f in read["printed"].items()} == expected
    assert read["printed"][FORGOTTEN]["reason"] == "blank"
    arithmetic = gongkai("check", path, "--only", "A1", "A2", "A3")
    assert arithmetic.code == 0
    assert "没有发现问题" in arithmetic.out


@pytest.mark.parametrize("format", ["docx", "xlsx", "html"])
def test_what_is_left_blank_is_read_as_blank_and_no_table_is_lost(tmp_path: Path, format: str) -> None:
    path, again = tmp_path / f"空白.{format}", tmp_path / "again.docx"
    new(path)
    figures = reading.open(path).figures
    # A workbook keeps no row of empty cells at the end of a sheet: table 4 is there by its heads.
    last = "row_missing" if format == "xlsx" else "blank"
    assert {cell: figure.reason for cell, figure in figures.items()} == {
        cell: last if cell.startswith("remedies.") else "blank" for cell in FORM.cells
    }
    assert gongkai("render", path, "-o", again).code == 0
    assert len(docx.Document(str(again)).tables) == 3


def test_a_filled_form_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "空白.docx"
    new(path)
    fill_in_word(path)
    before = path.read_bytes()
    run = gongkai("new", "--agency", AGENCY, "--kind", "department", "--year", "2025", "-o", path)
    assert run.code == 2
    assert "已有这个文件，可能已经填写，不覆盖" in run.err
    assert path.read_bytes() == before


def test_years_have_their_form(tmp_path: Path) -> None:
    new(tmp_path / "a.docx", year=2020)
    assert reading.open(tmp_path / "a.docx").form == "2019"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        *((key, key) for key in KINDS),
        *((words, key) for key, words in KINDS.items()),
        ("县级人民政府办公室", "government_office"),
        ("县级人民政府办公室(本机关)", "government_office"),
        ("部门", "department"),
        ("乡镇", "township"),
        ("事业单位", "authorised_organisation"),
    ],
)
def test_kinds_are_called_by_key_or_in_chinese(typed: str, key: str) -> None:
    assert kind_called(typed) == key


@pytest.mark.parametrize("typed", ["村委会", "县级", "", "Department"])
def test_an_unknown_or_unclear_kind_lists_all(typed: str) -> None:
    with pytest.raises(UsageError) as error:
        kind_called(typed)
    assert all(words in str(error.value) and key in str(error.value) for key, words in KINDS.items())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"--year": "2015"}, "2015 年度没有统一的年度报告格式"),
        ({"--kind": "村委会"}, "没有“村委会”这类机关；可用：县级人民政府（county_government）"),
        ({"--agency": " "}, "--agency 请写机关名称"),
        ({"-o": "x.pdf"}, "请用这些后缀之一：.docx、.xlsx、.html"),
        ({"-o": "x/"}, "-o 请写一个文件名"),
    ],
)
def test_errors_are_one_line_and_leave_nothing(tmp_path: Path, changed: dict[str, str], said: str) -> None:
    options = {"--agency": AGENCY, "--kind": "部门", "--year": "2025", "-o": str(tmp_path / "a.docx"), **changed}
    run = gongkai("new", *(word for pair in options.items() for word in pair))
    assert (run.code, run.out) == (2, "")
    assert said in run.err
    assert run.err.count("\n") == 1
    assert not list(tmp_path.iterdir())
