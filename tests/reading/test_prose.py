"""Prose → claims: the sentences of ``prose/claims.yaml``, offsets, and where sentences are broken over lines."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from shared_files import file_name, needs_shared, report_files, seed_files

from gongkai import reading
from gongkai.figures import Place
from gongkai.reading.prose import claims
from gongkai.report import Claim, from_json, to_json
from gongkai.report.model import Paragraph

CASES = yaml.safe_load((Path(__file__).parent / "prose" / "claims.yaml").read_text(encoding="utf-8"))


def read(*texts: str, year: int | None = 2023, chapter: str = "overview") -> list[Claim]:
    """The claims of paragraphs that stand one after the other, a line break between them."""
    paragraphs, at = [], 0
    for text in texts:
        paragraphs.append((chapter, Paragraph(text, at, at + len(text))))
        at += len(text) + 1
    return claims(paragraphs, year, Place)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_a_sentence_gives_its_claims(case: dict[str, Any]) -> None:
    found = read(case["text"], year=case.get("year", 2023))
    assert len(found) == len(case["claims"]), [(c.printed, c.subject) for c in found]
    for claim, expected in zip(found, case["claims"], strict=True):
        for field, value in expected.items():
            wanted = Decimal(str(value)) if isinstance(value, float) else value
            assert getattr(claim, field) == wanted, (field, claim)


def test_each_claim_stands_at_its_place() -> None:
    texts = [
        "（一）主动公开。全年公开信息 1 0363 条，网站 67 条。",
        "（二）依申请公开。收到申请\u3000５ 件，未发生行政诉讼。",
    ]
    whole = "\n".join(texts)
    for claim in read(*texts):
        assert "".join(whole[claim.place.start : claim.place.end].split()) == claim.printed
        assert claim.sentence[0] <= claim.place.start < claim.place.end <= claim.sentence[1]


def test_a_sentence_broken_over_lines_is_read_as_one() -> None:
    lines = (
        "本年度我们继续做好各项公开工作，全年共收到政府信息",
        "公开申请12件，其中自然人申",
        "请9件，法人或其他组织申请3件。",
    )
    found = read(*lines)
    assert [c.cell for c in found] == [
        "applications.received.total",
        "applications.received.natural_person",
        "applications.received.legal_entities",
    ]


def test_a_heading_and_the_text_below_it_are_two_lines() -> None:
    found = read("（二）依申请公开情况", "收到申请3件，均已答复。")
    assert [(c.value, c.cell) for c in found] == [(3, "applications.received.total")]


def test_a_bare_application_counts_only_where_applications_are_spoken_of() -> None:
    assert read("（一）主动公开。", "收到申请3件。")[0].cell is None
    assert read("收到申请3件。", chapter="applications")[0].cell == "applications.received.total"


def test_without_the_year_of_the_report_a_stated_year_is_a_scope() -> None:
    (claim,) = read("2023年收到政府信息公开申请3件。", year=None)
    assert claim.scope == "2023年"


def test_parts_refer_to_their_whole_across_paragraphs_before_them() -> None:
    found = read("公开信息20条。", "收到申请5件，其中网络申请2件，信函申请3件。")
    assert [c.part_of for c in found] == [None, None, 1, 1]


@given(
    st.lists(
        st.text(
            alphabet="收到申请公开信息件条第年月其中未无复议诉讼分别为0123456789零一二十百万%，。；、（） \n.,",
            max_size=60,
        ),
        max_size=5,
    )
)
def test_whatever_is_written_gives_claims_inside_the_text(texts: list[str]) -> None:
    whole = "\n".join(texts)
    found = read(*texts)
    for index, claim in enumerate(found):
        assert 0 <= claim.sentence[0] <= claim.place.start < claim.place.end <= len(whole)
        assert claim.part_of is None or claim.part_of < index
    assert [c.place.start for c in found] == sorted(c.place.start for c in found)


@needs_shared
@pytest.mark.parametrize("path", [*seed_files(), *report_files()], ids=file_name)
def test_claims_of_the_real_reports_are_numbers_of_the_text_and_survive_json(path: Path) -> None:
    report = reading.open(path)
    assert report.claims
    for claim in report.claims:
        assert "".join(report.text[claim.place.start : claim.place.end].split()) == claim.printed
    assert from_json(to_json(report)).claims == report.claims


# Figures of the real reports that a cell of the form must equal: (value, role, cell) in order.
BOUND = {
    "000": [],
    "001": [
        (5, "count", "applications.received.total"),
        (2, "count", "applications.granted.total"),
        (3, "count", "applications.partially_granted.total"),
        (0, "denial", "remedies"),
    ],
    "002": [(5, "count", "applications.received.total"), (0, "denial", "remedies")],
    "003": [(0, "denial", "applications.received.total")],
    "004": [(0, "denial", "applications.received.total"), (0, "denial", "remedies")],
    "hongze-2023": [(21, "count", "applications.received.total")],
    "hongze-2024": [(17, "count", "applications.received.total")],
}


@needs_shared
@pytest.mark.parametrize("path", [*seed_files(), *report_files()], ids=file_name)
def test_the_real_reports_bind_these_figures_and_no_others(path: Path) -> None:
    bound = [(c.value, c.role, c.cell) for c in reading.open(path).claims if c.cell]
    assert bound == BOUND[path.stem.split("_")[0]]
