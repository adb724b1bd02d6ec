"""Personal data in running text is found by its arithmetic; document numbers and dates are left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office.acts.personal.numbers import bank_card, identity_number, identity_numbers, mobiles

from gongkai.office.acts.personal.finding import find_personal, masked

ID = identity_number()
CARD = bank_card()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"申请人身份证号：{ID}。", [("identity", ID)]),
        (f"身份证{ID.lower()}号", [("identity", ID.lower())]),
        (f"{ID[:6]} {ID[6:14]} {ID[14:]}", [("identity", f"{ID[:6]} {ID[6:14]} {ID[14:]}")]),
        ("旧证110105491231002", [("identity", "110105491231002")]),
        ("电话13812345678，请联系", [("phone", "13812345678")]),
        ("电话+86 138-1234-5678", [("phone", "+86 138-1234-5678")]),
        ("电话１３８１２３４５６７８", [("phone", "１３８１２３４５６７８")]),
        (f"账号{CARD}", [("account", CARD)]),
        (
            f"账号{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}",
            [("account", f"{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}")],
        ),
        ("邮箱zhang.san@example.gov.cn。", [("email", "zhang.san@example.gov.cn")]),
        (f"{ID}，13812345678", [("identity", ID), ("phone", "13812345678")]),
    ],
)
def test_personal_data_is_found_where_it_stands(text: str, found: list[tuple[str, str]]) -> None:
    assert [(span.kind, text[span.start : span.end]) for span in find_personal(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "国办公开办函〔2021〕30号",
        "2024年1月26日至2024年12月31日",
        "统一社会信用代码11430121006127878K",
        "流水号202401261234567890",
        "订单13812345678901",
        "金额1234567890123元",
        "公开热线0731-82345678",
        "编号" + ID[:-1] + ("1" if ID[-1] != "1" else "2"),
        "x138123456789",
        "小数3.13812345678",
        "a@b",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert find_personal(text) == []


@given(identity_numbers, mobiles, st.text("政府信息公开，。 \n", max_size=20))
def test_all_that_is_put_into_a_text_is_found_and_masked(number: str, mobile: str, words: str) -> None:
    text = f"{words}{number}{words}，{mobile}{words}"
    assert [span.kind for span in find_personal(text)] == ["identity", "phone"]
    assert number not in masked(text)
    assert mobile not in masked(text)
    assert find_personal(masked(text)) == []


@given(st.text(max_size=300))
def test_spans_are_in_order_and_do_not_overlap(text: str) -> None:
    at = 0
    for span in find_personal(text):
        assert at <= span.start < span.end <= len(text)
        at = span.end


def test_a_log_line_is_masked_and_the_rest_stays() -> None:
    assert masked(f"保存 {ID} 失败，来电 13812345678") == f"保存 {ID[:6]}********{ID[14:]} 失败，来电 138****5678"


def test_long_texts_are_searched_in_time_that_grows_with_their_length() -> None:
    began = time.monotonic()
    assert len(find_personal("13812345678，" * 50_000)) == 50_000
    assert find_personal("1" * 1_000_000) == []
    assert find_personal("a" * 500_000 + "@") == []
    assert find_personal("a.@" * 200_000) == []
    assert time.monotonic() - began < 10
