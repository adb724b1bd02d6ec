"""Cases as JSON: what is malformed is said in one Chinese sentence."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.statute.cases import Event, from_json
from gongkai.statute.errors import MalformedError

RECEIVED = {"received": "2024-01-25"}


def with_event(**event: object) -> dict[str, object]:
    return {**RECEIVED, "events": [event]}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ([], "一个申请应写作"),
        ({}, "缺少 received"),
        ({"received": "2024-02-30"}, "“2024-02-30”不是日期"),
        ({"received": "2024/01/25"}, "应写作 2024-01-31 的样子"),
        ({"received": "20240125"}, "不是日期"),
        ({"received": "２０２４-01-25"}, "不是日期"),
        ({"received": "2024-01-25 "}, "不是日期"),
        ({"received": 20240125}, "不是日期"),
        ({"received": None}, "不是日期"),
        ({"recieved": "2024-01-25"}, "不认识的项“recieved”"),
        ({**RECEIVED, "events": {}}, "events 应是一个列表"),
        ({**RECEIVED, "events": ["extend"]}, "第 1 个事件应写作"),
        (with_event(act="extend", days=5), "第 1 个事件缺少 on"),
        (with_event(on="2024-01-26"), "第 1 个事件缺少 act"),
        (with_event(on="2024-01-26", act="expand"), "“expand”不是已知的行为；可用的有：request_correction（"),
        (with_event(on="2024-01-26", act=["extend"]), "不是已知的行为"),
        (with_event(on="x" * 99, act="paid"), "xxx…”不是日期"),
        (with_event(on="2024-01-26", act="extend"), "缺少 days"),
        (with_event(on="2024-01-26", act="extend", days="5"), "days 应是整数"),
        (with_event(on="2024-01-26", act="extend", days=True), "days 应是整数"),
        (with_event(on="2024-01-26", act="extend", days=5.5), "days 应是整数"),
        (with_event(on="2024-01-26", act="paid", days=5), "不用写 days"),
        (with_event(on="2024-01-26", act="paid", party="甲"), "不用写 party"),
        (with_event(on="2024-01-26", act="extend", days=5, served="2024-01-27"), "不用写 served"),
        (with_event(on="2024-01-26", act="fee_notice", served="2024-01-25"), "早于 on"),
        (with_event(on="2024-01-26", act="request_correction", override=" "), "override 应是文字"),
        (with_event(on="2024-01-26", act="paid", dya=1), "不认识的项“dya”"),
        (with_event(on="\x1b[31m\u202e", act="paid"), "“□[31m□”不是日期"),
        (with_event(on="2024-01-26", act="consult_agency", party="甲\x1b[2J"), "party 含有不可见的字符"),
    ],
)
def test_what_is_malformed_is_said(raw: object, said: str) -> None:
    with pytest.raises(MalformedError) as caught:
        from_json(raw)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_case_is_read_with_all_its_keys() -> None:
    case = from_json(
        {
            "id": "2024-1",
            "note": "备注",
            "received": "2024-01-25",
            "events": [
                {"on": "2024-01-26", "act": "consult_agency", "party": "县 水利局", "served": "2024-01-29"},
                {"on": "2024-01-30", "act": "extend", "days": 5, "note": "x"},
            ],
        }
    )
    assert case.received == date(2024, 1, 25)
    assert case.events == (
        Event(date(2024, 1, 26), "consult_agency", party="县 水利局", served=date(2024, 1, 29)),
        Event(date(2024, 1, 30), "extend", 5),
    )


@pytest.mark.parametrize("raw", [RECEIVED, {**RECEIVED, "events": None}, {**RECEIVED, "events": []}])
def test_a_case_may_have_no_events(raw: object) -> None:
    assert from_json(raw).events == ()
