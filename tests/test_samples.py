"""The sample reports: each gives exactly the figures and the faults that ``samples/expected.yaml`` promises."""

from __future__ import annotations

import importlib.util
import re
from fnmatch import fnmatchcase
from pathlib import Path
from types import ModuleType
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from shared_files import ROOT

from gongkai import checks, reading
from gongkai.report import Report, to_json

SAMPLES = ROOT / "samples"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((SAMPLES / "expected.yaml").read_text(encoding="utf-8"))
REPORTS = sorted(str(path.relative_to(SAMPLES)) for path in SAMPLES.glob("20*/*"))


def report(name: str) -> Report:
    return reading.open(SAMPLES / name)


def names(findings: list[checks.Finding], verdict: str) -> set[str]:
    return {finding.check for finding in findings if finding.verdict == verdict}


def test_every_sample_is_expected_and_told() -> None:
    told = re.findall(r"^\| `(20[^`]+)`", (SAMPLES / "README.md").read_text(encoding="utf-8"), re.M)
    assert len(REPORTS) >= 8
    assert sorted(EXPECTED) == sorted(told) == REPORTS


@pytest.mark.parametrize("name", EXPECTED)
def test_the_report_says_whose_it_is(name: str) -> None:
    read = report(name)
    known = {key: EXPECTED[name][key] for key in ("agency", "kind", "year", "form")}
    assert {"agency": read.agency, "kind": read.kind, "year": read.year, "form": read.form} == known


@pytest.mark.parametrize("name", EXPECTED)
def test_every_figure_is_read_as_printed(name: str) -> None:
    figures = report(name).figures
    stated = {
        f"{row}.{column}": str(v) for row, cells in EXPECTED[name]["cells"].items() for column, v in cells.items()
    }
    blank = EXPECTED[name].get("unread", [])
    expected = {
        cell: None if any(fnmatchcase(cell, pattern) for pattern in blank) else stated.get(cell, "0")
        for cell in figures
    }
    assert stated.keys() <= expected.keys()
    assert {cell: None if f.value is None else str(f.value) for cell, f in figures.items()} == expected


@pytest.mark.parametrize("name", EXPECTED)
def test_exactly_the_expected_faults_are_found(name: str) -> None:
    findings = checks.run(report(name))
    assert names(findings, checks.FAILS) == set(EXPECTED[name]["faults"])
    assert names(findings, checks.UNREAD) == set(EXPECTED[name].get("undecided", []))


@pytest.mark.parametrize("name", [name for name, expected in EXPECTED.items() if "with" in expected])
def test_the_report_of_the_year_before_shows_more(name: str) -> None:
    more = EXPECTED[name]["with"]
    findings = checks.run(report(name), previous=report(more["previous"]))
    assert names(findings, checks.FAILS) == {*EXPECTED[name]["faults"], *more["faults"]}


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("samples_make", SAMPLES / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", maker().SAMPLES)
def test_office_files_say_what_their_sources_say(name: str) -> None:
    made, source = report(name), reading.open(SAMPLES / "sources" / maker().SAMPLES[name])
    assert to_json(made)["tables"] == to_json(source)["tables"]
    assert [(c.key, c.number, re.sub(r"\s", "", c.text)) for c in made.chapters] == [
        (c.key, c.number, re.sub(r"\s", "", c.text)) for c in source.chapters
    ]


def test_the_numbers_of_the_word_file_are_not_typed() -> None:
    with ZipFile(SAMPLES / "2024/township-numbered.docx") as archive:
        text = re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode())
    assert "总体情况" in text
    assert "一、总体情况" not in text
    assert "（一）主动公开情况" not in text
    assert report("2024/township-numbered.docx").chapters[0].heading.text == "一、总体情况"


def test_samples_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()}
    assert max(sizes.values()) < 200_000, sizes


def test_the_page_pasted_from_word_is_in_gbk() -> None:
    data = Path(SAMPLES / "2024/water-bureau-word-gbk.html").read_bytes()
    assert "清源县水务局".encode("gbk") in data
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
