"""Instruments of law: known by name, dated, each superseded one with its successor."""

from __future__ import annotations

import pytest

from gongkai.report import forms, load_form
from gongkai.statute.citations import cited, instruments, superseded_before


@pytest.mark.parametrize(
    ("source", "short"),
    [
        ("条例 第五十条第（四）项", "条例"),
        ("国办公开办函〔2021〕30号 附件 第三部分表格注", "国办公开办函〔2021〕30号"),
        ("立法法 关于规章制定权的规定", "立法法"),
    ],
)
def test_a_citation_begins_with_its_instrument(source: str, short: str) -> None:
    instrument = cited(source)
    assert instrument is not None
    assert instrument.short == short


def test_an_unknown_citation_is_said_to_be_unknown() -> None:
    assert cited("某某办法 第一条") is None
    assert cited("条例实施细则") is None


def test_every_superseded_instrument_has_a_later_successor() -> None:
    for instrument in instruments().values():
        if instrument.superseded:
            successor = instruments()[instrument.by or ""]
            assert instrument.in_force < instrument.superseded
            assert successor.in_force <= instrument.superseded


def test_an_instrument_replaced_within_the_year_may_be_relied_on_in_that_year() -> None:
    assert "法释〔2011〕17号" not in [i.short for i in superseded_before(2025)]
    assert "法释〔2011〕17号" in [i.short for i in superseded_before(2026)]


def test_the_notices_of_all_forms_are_known() -> None:
    assert {load_form(name).doc_no for name in forms()} <= set(instruments())
