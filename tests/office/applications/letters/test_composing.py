"""Letters from facts: every kind, every body, before and after changes of law; hostile and missing values."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.office.applications.letters import (
    Facts,
    Letter,
    LetterError,
    Party,
    asked,
    compose,
    document_number,
    entry,
    kinds,
    known_fields,
    preview,
    sample_facts,
)
from gongkai.office.applications.letters.fields import shown
from gongkai.office.applications.letters.samples import SENDER
from gongkai.statute.cases import Case, Event
from gongkai.statute.remedies import AUTHORITIES, BODIES

TODAY = date(2024, 3, 11)
DAYS = (date(2019, 6, 3), date(2023, 6, 1), TODAY, date(2026, 3, 2))
NAMED = replace(SENDER, authorities=dict.fromkeys(AUTHORITIES, "某复议机关"))


def facts(kind: str, on: date = TODAY, **values: Any) -> Facts:
    sample = sample_facts(kind, on)
    return replace(sample, values={**sample.values, **values})


def there(kind: str, on: date) -> bool:
    try:
        entry(kind, on)
    except LetterError:
        return False
    return True


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("kind", kinds())
def test_every_letter_holds_its_statutory_parts_for_every_body(kind: str, on: date) -> None:
    if not there(kind, on):
        assert kind in {"fee", "reply_closed_fee_unpaid"}
        assert on.year < 2021
        return
    letter = entry(kind, on)
    for body in BODIES:
        done = compose(kind, sample_facts(kind, on, replace(NAMED, kind=body)))
        text = "".join([*done.paragraphs, *(value for row in done.rows for _, value in row)])
        for part in letter.parts:
            for name in part.fields:
                assert done.fields[name]
                assert done.fields[name].replace("\n", "") in text
            if part.words:
                assert any(words in text.replace(" ", "") for words in part.words)
        assert "{" not in done.text
        assert "}" not in done.text
        assert "None" not in done.text


@pytest.mark.parametrize("kind", kinds())
def test_a_letter_survives_json(kind: str) -> None:
    letter = preview(kind, on=TODAY)
    assert Letter.from_json(json.loads(json.dumps(letter.to_json(), ensure_ascii=False))) == letter


@pytest.mark.parametrize("raw", [None, [], {}, {"kind": "fee"}])
def test_what_is_no_letter_is_refused_in_words(raw: object) -> None:
    with pytest.raises(LetterError, match="文书的数据应有这些项"):
        Letter.from_json(raw)


@pytest.mark.parametrize(("key", "value"), [("date", "昨天"), ("date", None), ("rows", [["a"]]), ("copies", None)])
def test_a_damaged_letter_is_refused_in_words(key: str, value: object) -> None:
    raw = preview("correction", on=TODAY).to_json() | {key: value}
    with pytest.raises(LetterError, match="数据不完整"):
        Letter.from_json(raw)


@pytest.mark.parametrize("kind", kinds())
def test_a_missing_fact_is_named(kind: str) -> None:
    letter = entry(kind, TODAY)
    for field in asked(kind, TODAY):
        if letter.leaves_out(field.name):
            continue
        without = replace(facts(kind), case=None)
        without = replace(without, values={k: v for k, v in without.values.items() if k != field.key})
        with pytest.raises(LetterError, match=f"缺少“{field.name}”"):
            compose(kind, without)
        with pytest.raises(LetterError, match=f"缺少“{field.name}”|应是"):
            compose(kind, replace(without, values={**without.values, field.key: " \n\u200b"}))


def test_a_value_of_another_type_is_named() -> None:
    with pytest.raises(LetterError, match="“补正期限”应是日期，写的是“明天”"):
        compose("correction", facts("correction", correction_due="明天"))
    with pytest.raises(LetterError, match="“延长工作日”应是正整数"):
        compose("extension", facts("extension", extension_days=0))
    with pytest.raises(LetterError, match="“收到日期”应是日期"):
        compose("correction", facts("correction", received_on=datetime(2024, 1, 22, 9)))


def test_a_misspelt_fact_is_not_passed_over() -> None:
    with pytest.raises(LetterError, match="文书没有“recieved_on”这一项"):
        compose("correction", facts("correction", recieved_on=TODAY))


def test_an_optional_paragraph_is_left_out_whole() -> None:
    text = compose("reply_unavailable_other_body", facts("reply_unavailable_other_body", responsible_body=None)).text
    assert "负责公开该信息的机关" not in text
    assert "不属于本机关负责公开" in text


def test_an_extension_during_a_consultation_names_no_date() -> None:
    letter = compose("extension", facts("extension", due=None))
    assert "延长15个工作日" in letter.text
    assert "延长后的答复期限" not in letter.text


@pytest.mark.parametrize(
    ("parties", "line", "word"),
    [
        ([Party("张某某")], "张某某", "你"),
        ([Party("某某有限公司", natural=False)], "某某有限公司", "你单位"),
        ([Party("张某某"), Party("李某某")], "张某某、李某某", "你们"),
        ([Party("张某某"), Party("某某有限公司", natural=False)], "张某某、某某有限公司", "你们"),
    ],
)
def test_applicants_are_addressed_as_what_they_are(parties: list[Party], line: str, word: str) -> None:
    letter = compose("reply_granted", replace(facts("reply_granted"), applicants=tuple(parties)))
    assert f"\n{line}：\n" in letter.text
    assert f"收到{word}提出的" in letter.text


def test_nobody_to_write_to_is_said() -> None:
    with pytest.raises(LetterError, match="缺少收件人（申请人）"):
        compose("reply_granted", replace(facts("reply_granted"), applicants=()))
    with pytest.raises(LetterError, match="缺少收件人（被征求意见方或者对方机关）"):
        compose("consultation_third_party", replace(facts("consultation_third_party"), recipients=()))


def test_a_letter_to_a_third_party_does_not_name_the_applicant() -> None:
    for kind in ("consultation_third_party", "consultation_agency", "third_party_disclosure", "assistance"):
        known = replace(facts(kind), applicants=(Party("欧阳甲乙"),))
        assert "欧阳甲乙" not in json.dumps(compose(kind, known).to_json(), ensure_ascii=False)


def test_the_history_tells_every_act_and_no_name_of_those_consulted() -> None:
    events = (
        Event(date(2024, 1, 26), "consult_third_party", party="某某机械有限公司"),
        Event(date(2024, 2, 20), "opinion_received", party="某某机械有限公司"),
        Event(date(2024, 3, 1), "extend", days=15),
    )
    letter = compose("reply_granted", replace(facts("reply_granted"), case=Case(date(2024, 1, 22), events)))
    assert letter.paragraphs[1] == (
        "办理期间，本机关于2024年1月26日书面征求第三方意见，于2024年2月20日收到意见，"
        "于2024年3月1日告知你答复期限延长15个工作日。征求意见所需时间不计入答复期限。"
    )
    plain = compose("reply_granted", replace(facts("reply_granted"), case=Case(date(2024, 1, 22))))
    assert not any("办理期间" in paragraph for paragraph in plain.paragraphs)


def test_the_day_of_receipt_may_come_from_the_case_alone() -> None:
    known = facts("correction", received_on=None)
    assert "本机关于2024年1月22日收到" in compose("correction", known).text


def test_periods_of_consultation_are_those_of_the_law() -> None:
    assert "自收到本征求意见书之日起15个工作日内" in preview("consultation_third_party", on=TODAY).text
    assert "视为同意公开" in preview("consultation_agency", on=TODAY).text
    # The regulation of 2007 set third parties no limit.
    old = replace(facts("consultation_third_party"), case=Case(date(2019, 5, 6)))
    with pytest.raises(LetterError, match="没有“第三方提出意见的期限”的规定"):
        compose("consultation_third_party", old)


def test_a_fee_notice_says_basis_steps_amount_in_both_forms_and_limit() -> None:
    known = facts("fee", fee_basis="item", fee_count=3, fee_already=29)
    text = compose("fee", known).text
    assert "按件计收信息处理费" in text
    assert "计费数量为3件" in text
    assert "第30件：每件100元，计100元；第31至32件：每件200元，计400元" in text
    assert "500元（大写：人民币伍佰元整）" in text
    assert "自收到本通知书次日起20个工作日内缴纳" in text
    assert "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）第四条" in text


def test_a_fee_by_page_cites_its_own_article() -> None:
    text = compose("fee", facts("fee", fee_basis="page", fee_count=101, fee_already=0)).text
    assert "计费数量为101页" in text
    assert "720元（大写：人民币柒佰贰拾元整）" in text
    assert "（国办函〔2020〕109号）第五条" in text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"fee_basis": "item", "fee_count": 3, "fee_already": 0}, "按标准不收费"),
        ({"fee_basis": None}, "缺少“收费方式”"),
        ({"fee_count": -1}, "“计费数量”应是正整数"),
        ({"fee_count": True}, "“计费数量”应是正整数"),
        ({"received_on": date(2020, 12, 1)}, "没有可适用的"),
    ],
)
def test_a_fee_that_is_not_owed_is_not_asked_for(values: dict[str, Any], said: str) -> None:
    known = facts("fee", **values)
    if "received_on" in values:
        known = replace(known, case=None)
    with pytest.raises(LetterError, match=said):
        compose("fee", known)


HOSTILE = (
    "{救济告知}",
    "{{申请人}}",
    "{0.__class__}%s{authority}",
    "<w:p/>&lt;\"'",
    "#pagebreak() $x$ *粗*",
    "\\1 \\g<0>",
    "=HYPERLINK(1)",
)


@pytest.mark.parametrize("value", HOSTILE)
def test_values_are_put_in_as_text_only(value: str) -> None:
    known = facts("reply_denied_process", description=value, reason=value)
    letter = compose("reply_denied_process", replace(known, applicants=(Party(value),)))
    assert letter.addressees == (value,)
    assert f"申请内容为：{value}。" in letter.text
    assert letter.text.count("如不服本答复") == 1


def test_a_value_can_neither_break_a_line_nor_turn_the_text_around() -> None:
    letter = compose(
        "reply_granted", facts("reply_granted", description="甲\n\n某县某局\r\n\u202e乙\u2028丙\x00\x1b[31m。；")
    )
    assert "申请内容为：甲 某县某局 乙 丙[31m。" in letter.paragraphs[0]
    assert letter.paragraphs[0].endswith("丙[31m。")


def test_a_passage_keeps_its_paragraphs() -> None:
    letter = compose("correction", facts("correction", corrections="一、写明文号。\n\n  二、写明年份。\r\n"))
    start = letter.paragraphs.index("一、写明文号。")
    assert letter.paragraphs[start + 1] == "二、写明年份。"


def test_an_own_wording_is_used_and_a_bad_one_refused() -> None:
    text = entry("correction", TODAY).text.replace("经审查，", "经本机关研究，")
    assert "经本机关研究，你的申请内容不明确" in compose("correction", facts("correction"), text).text
    with pytest.raises(LetterError, match="模板不能使用：缺少“合理的补正期限”"):
        compose("correction", facts("correction"), text.replace("{补正期限}", "近日"))


def test_a_draft_has_no_number_and_a_form_never_one() -> None:
    assert compose("reply_granted", replace(facts("reply_granted"), number="")).number == ""
    assert compose("receipt", replace(facts("receipt"), number="某公开〔2024〕1号")).number == ""
    assert document_number("某自然资", "公开答", 2024, 5) == "某自然资公开答〔2024〕5号"


def test_a_form_to_be_returned_leaves_name_and_date_to_who_fills_it_in() -> None:
    letter = preview("consultation_answer", on=TODAY)
    assert letter.addressees == (SENDER.name,)
    assert letter.signature == ("（签名或者盖章）", "　　年　　月　　日")
    assert "2024年3月11日" not in letter.text


def test_the_registration_form_leaves_blank_what_is_not_known() -> None:
    cells = dict(pair for row in preview("register_form", on=TODAY).rows for pair in row)
    assert cells["申请人"] == "张某某"
    assert cells["代理人"] == ""
    assert cells["收到日期"] == "2024年1月22日"
    waiting = replace(facts("register_form", received_on=None, due=None), case=None)
    cells = dict(pair for row in compose("register_form", waiting).rows for pair in row)
    assert (cells["收到日期"], cells["答复期限"]) == ("", "")


@given(st.text(max_size=60))
def test_no_text_breaks_a_letter_or_loses_the_remedy(value: str) -> None:
    known = facts("reply_denied_process", description=value, reason=value, category=value)
    if not all(shown(known_fields()[name], value) for name in ("申请内容", "理由", "信息类别")):
        with pytest.raises(LetterError, match="缺少"):
            compose("reply_denied_process", known)
        return
    letter = compose("reply_denied_process", known)
    assert letter.paragraphs[-1].startswith("如不服本答复，应当先自收到本答复之日起60日内向某县人民政府申请行政复议")
    assert all(line == " ".join(line.split()) for line in letter.paragraphs)
