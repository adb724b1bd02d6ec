"""The check of a county's wording: what the law requires cannot be lost from it, and every fault is said in words."""

from __future__ import annotations

import re
from datetime import date

import pytest

from gongkai.office.applications.letters import LetterError, check, compose, entry, kinds, preview, sample_facts
from gongkai.office.applications.letters.catalogue import entries

TODAY = date(2024, 3, 11)
CORRECTION = entry("correction", TODAY).text
WORDED = [letter for letter in entries() if not letter.table]


@pytest.mark.parametrize("letter", WORDED, ids=lambda letter: letter.kind)
def test_without_any_one_of_its_fields_a_statutory_part_is_missed(letter: object) -> None:
    for part in letter.parts:  # type: ignore[attr-defined]
        if part.may:
            continue
        for name in part.fields:
            text = letter.text.replace(f"{{{name}}}", "某")  # type: ignore[attr-defined]
            missed = [p for p in check(text, letter.kind) if p.part == part.name]  # type: ignore[attr-defined]
            assert missed
            assert (missed[0].code, missed[0].why, missed[0].article) == ("missing_part", part.why, part.article)
            assert f"{{{name}}}" in missed[0].text


@pytest.mark.parametrize("letter", WORDED, ids=lambda letter: letter.kind)
def test_without_its_words_a_statutory_part_is_missed(letter: object) -> None:
    for part in letter.parts:  # type: ignore[attr-defined]
        if not part.words:
            continue
        text = letter.text  # type: ignore[attr-defined]
        for words in part.words:
            # A form's box stands apart from its words.
            text = re.sub(r"\s?".join(map(re.escape, words)), "某", text)
        missed = {p.part for p in check(text, letter.kind)}  # type: ignore[attr-defined]
        assert part.name in missed


def test_the_sentence_says_what_why_and_by_which_article() -> None:
    problems = check(CORRECTION.replace("{补正期限}", "近日"), "correction")
    assert [str(problem) for problem in problems] == [
        "缺少“合理的补正期限”：须有字段{补正期限}。应当告知申请人何时以前补正（条例 第三十条）"
    ]


def test_unknown_fields_are_named_with_those_that_there_are() -> None:
    problems = check(CORRECTION + "\n{补证期限}", "correction")
    assert [problem.code for problem in problems] == ["unknown_field"]
    assert "没有“补证期限”这个字段；可用的有：" in problems[0].text
    assert "补正期限" in problems[0].text


def test_fields_of_other_letters_are_refused() -> None:
    problems = check(CORRECTION + "\n{首次答复文号}", "correction")
    assert [problem.code for problem in problems] == ["unknown_field"]
    assert "不能用字段“首次答复文号”" in problems[0].text


@pytest.mark.parametrize("line", ["请于{补正期限", "请于补正期限}", "{{补正期限}}", "{", "{补{正}期限}"])
def test_braces_that_do_not_match_are_found(line: str) -> None:
    codes = {problem.code for problem in check(f"{CORRECTION}\n{line}", "correction")}
    assert "braces" in codes


def test_full_width_braces_are_explained() -> None:
    problems = check(CORRECTION.replace("{补正期限}", "｛补正期限｝"), "correction")
    assert {problem.code for problem in problems} == {"braces", "missing_part"}
    assert any("全角花括号" in problem.text for problem in problems)


def test_a_statutory_part_may_not_go_with_a_paragraph_that_can_be_left_out() -> None:
    text = entry("reply_granted", TODAY).text.replace("{办理经过}\n", "").replace("{救济告知}", "{办理经过}{救济告知}")
    problems = check(text, "reply_granted")
    assert [problem.part for problem in problems] == ["救济途径和期限"]
    assert "会随该段省去" in problems[0].text
    words = entry("reply_not_processed_petition", TODAY).text
    moved = words.replace("，本机关不作为政府信息公开申请处理。", "。").replace(
        "{相应渠道}。", "{相应渠道}。不作为政府信息公开申请处理。"
    )
    assert {problem.part for problem in check(moved, "reply_not_processed_petition")} == {
        "决定",
        "不作为政府信息公开申请处理",
    }


def test_what_may_be_said_need_not_be() -> None:
    text = entry("reply_not_processed_petition", TODAY).text
    shorter = "\n".join(line for line in text.splitlines() if "{相应渠道}" not in line)
    assert check(shorter, "reply_not_processed_petition") == []


def test_what_must_be_said_where_known_stays() -> None:
    text = entry("reply_unavailable_other_body", TODAY).text
    shorter = "\n".join(line for line in text.splitlines() if "{负责机关}" not in line)
    assert [problem.part for problem in check(shorter, "reply_unavailable_other_body")] == [
        "能够确定的，负责公开机关的名称、联系方式"
    ]


@pytest.mark.parametrize("text", ["", " \n　\n", "\u200b"])
def test_an_empty_wording_is_none(text: str) -> None:
    assert [problem.code for problem in check(text, "correction")] == ["empty"]


def test_the_registration_form_cannot_be_reworded() -> None:
    assert [problem.code for problem in check("登记", "register_form")] == ["fixed"]
    with pytest.raises(LetterError, match="固定格式"):
        compose("register_form", sample_facts("register_form", TODAY), "登记")


def test_spaces_inside_of_braces_do_not_matter() -> None:
    text = CORRECTION.replace("{补正期限}", "{ 补正期限 }")
    assert check(text, "correction") == []
    assert preview("correction", text, TODAY).text == preview("correction", on=TODAY).text


def test_a_long_hostile_wording_is_judged_at_once() -> None:
    problems = check("{" * 20_000 + "}" * 20_000, "correction")
    assert "braces" in {problem.code for problem in problems}
    assert all(len(str(problem)) < 400 for problem in problems)


def test_an_unknown_letter_is_said_to_be_unknown() -> None:
    assert "nothing" not in kinds()
    with pytest.raises(LetterError, match="没有“nothing”这种文书"):
        check("字", "nothing")
