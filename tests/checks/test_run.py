"""Running all checks: a clean report, the order, the choice, the places, the hints."""

from __future__ import annotations

from time import perf_counter

import pytest
from checks.specimen import build

from gongkai import checks
from gongkai.report import Report
from gongkai.report.model import KINDS


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("year", [2019, 2020, 2021, 2023, 2024])
def test_a_clean_report_has_no_findings(kind: str, year: int) -> None:
    assert checks.run(build({"kind": kind, "year": year})) == []


def test_a_clean_pair_has_no_findings() -> None:
    assert checks.run(build({}), previous=build({"year": 2022})) == []


def test_an_empty_report_is_unread_and_never_a_traceback() -> None:
    found = checks.run(Report())
    assert {f.verdict for f in found} == {checks.FAILS, checks.UNREAD}
    assert {f.check for f in found if f.verdict == checks.FAILS} == {"figure-missing"}


def test_findings_come_in_the_order_of_the_catalogue() -> None:
    report = build({"cells": {"applications.received.total": 1, "remedies.reconsideration.upheld": 1}, "other": ["无"]})
    names = [f.check for f in checks.run(report)]
    order = list(checks.catalogue())
    assert names == sorted(names, key=order.index)
    assert names


def test_findings_come_back_from_json_as_they_were() -> None:
    report = build({"cells": {"applications.received.total": 1}, "other": ["无"]})
    found = checks.run(report)
    assert found
    assert [checks.Finding.from_json(finding.to_json()) for finding in found] == found


def test_only_and_skip_choose_by_name() -> None:
    report = build({"cells": {"applications.received.total": 1}, "other": ["无"]})
    assert {f.check for f in checks.run(report, only=["processing-fee-unstated"])} == {"processing-fee-unstated"}
    assert "processing-fee-unstated" not in {f.check for f in checks.run(report, skip=["processing-fee-unstated"])}


def test_checks_of_pairs_and_parts_run_only_when_these_are_given() -> None:
    report = build({"cells": {"applications.carried_in.total": 1, "applications.carried_out.total": 1}})
    assert "carry-over-broken" not in {f.check for f in checks.run(report)}
    assert "carry-over-broken" in {f.check for f in checks.run(report, previous=build({"year": 2022}))}
    assert "rollup-mismatch" in {f.check for f in checks.run(report, parts=[build({})])}


def test_a_finding_on_figures_stands_where_the_figures_stand() -> None:
    report = build({"cells": {"remedies.reconsideration.upheld": 10, "remedies.reconsideration.corrected": 3}})
    (finding,) = checks.run(report, only=["remedies-total-wrong"])
    assert [report.text[p.start : p.end] for p in finding.where] == ["10", "3", "0", "0", "0"]
    assert finding.cells[0] == "remedies.reconsideration.upheld"


@pytest.mark.parametrize(
    ("change", "check", "words"),
    [
        ({"overview": ["略。", "全年公开各类文件21，均已解读。"]}, "text-damaged", "文件21"),
        ({"preface": ["依据国办公开办函", "〔202130号编制。"]}, "format-notice-outdated", "国办公开办函\n〔202130号"),
        (
            {"overview": ["所列数据统计期限为", "202311日至20231231日。"], "preface": []},
            "period-wrong",
            "202311日至20231231日",
        ),
        ({"headings": {"problems": "五、存在问题"}}, "chapter-title-nonstandard", "五、存在问题"),
        ({"signature": ["20240126"]}, "text-damaged", "20240126"),
    ],
)
def test_a_finding_on_words_stands_where_the_words_stand(change: dict[str, object], check: str, words: str) -> None:
    report = build(change)
    (finding,) = checks.run(report, only=[check])
    assert [report.text[p.start : p.end] for p in finding.where] == [words]


HOSTILE = {
    "blanks between digits": "统计期限为2023年1" + " " * 200_000 + "月",
    "digits": "考核" + "1" * 200_000,
    "years": "2022年" * 40_000 + "工作要点",
    "one endless sentence": "信息处理费" * 40_000,
    "numbers without units": "公开文件21，" * 30_000,
    "a name of cities": "市" * 50_000 + "县",
    "brackets": "国办公开办函〔" + "2 " * 50_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_take_no_more_than_a_moment(text: str) -> None:
    report = build({"overview": [text], "agency": text[:60_000], "title": text[:60_000]})
    began = perf_counter()
    found = checks.run(report)
    assert perf_counter() - began < 5
    assert len(found) < 1000


def test_the_json_of_a_finding_has_the_published_keys() -> None:
    (finding,) = checks.run(build({"cells": {"remedies.reconsideration.upheld": 1}}), only=["remedies-total-wrong"])
    keys = ["check", "verdict", "severity", "cells", "message", "expected", "found", "source", "where", "hint"]
    assert list(finding.to_json()) == keys
