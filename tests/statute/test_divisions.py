"""Names of divisions: which are names, what they belong to."""

from __future__ import annotations

import pytest

from gongkai.statute.divisions import above, autonomous, counties, leading


@pytest.mark.parametrize(
    ("body", "county", "prefecture"),
    [
        ("衡南县人民政府办公室", "衡南县", "衡阳市"),
        ("淮安市洪泽区人民政府", "洪泽区", "淮安市"),
        ("甘肃省临夏回族自治州东乡族自治县教育局", "东乡族自治县", "临夏回族自治州"),
        ("仙桃市人民政府", "仙桃市", None),
    ],
)
def test_the_division_in_front_of_a_name_is_found(body: str, county: str, prefecture: str | None) -> None:
    assert [(d.name, d.prefecture) for d in leading(body)] == [(county, prefecture)]


@pytest.mark.parametrize("body", ["小营镇人民政府", "淮安市人民政府", "县政府办", ""])
def test_a_name_without_a_county_has_none(body: str) -> None:
    assert leading(body) == ()


def test_a_name_borne_twice_gives_both() -> None:
    assert len({d.prefecture for d in leading("鼓楼区人民政府")}) > 1


def test_an_autonomous_county_is_known_by_its_short_name() -> None:
    assert [d.name for d in autonomous("东乡县")] == ["东乡族自治县"]
    assert autonomous("衡南县") == ()


def test_levels_above_are_told_apart() -> None:
    (dongxiang,) = counties()["东乡族自治县"]
    (hengnan,) = counties()["衡南县"]
    assert dongxiang.under_autonomous_prefecture
    assert not dongxiang.under_city
    assert hengnan.under_city
    assert not hengnan.under_autonomous_prefecture


def test_the_list_is_whole() -> None:
    assert sum(len(d) for d in counties().values()) > 2800
    assert len([name for name in above() if name.endswith("自治州")]) == 30
    assert all(d.province for divisions in counties().values() for d in divisions)
