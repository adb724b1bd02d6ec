"""The catalogue itself: every letter of the field, every outcome, every part with its reason and its article."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.office.applications.letters import LetterError, check, default_text, entry, kinds, letters_of, reply_kind
from gongkai.office.applications.letters.catalogue import entries
from gongkai.office.applications.letters.derived import DERIVED
from gongkai.office.applications.letters.fields import known_fields
from gongkai.office.applications.letters.wording import cited
from gongkai.statute.outcomes import outcomes, outcomes_on
from gongkai.statute.states import course

TODAY = date(2024, 3, 11)
# spec/applications.md §8, and the letters on 条例 35, 41.
NOTICES = {
    "register_form": "政府信息公开申请登记表",
    "receipt": "政府信息公开申请接收回执",
    "acceptance": "政府信息公开申请登记回执",
    "correction": "政府信息公开申请补正告知书",
    "reasons": "政府信息公开申请说明理由告知书",
    "extension": "政府信息公开延期答复告知书",
    "delay": "政府信息公开延迟答复告知书",
    "consultation_third_party": "政府信息公开征求意见书",
    "consultation_answer": "政府信息公开征求意见确认函",
    "consultation_applicant": "政府信息公开征求意见告知书",
    "third_party_disclosure": "政府信息公开告知书",
    "consultation_agency": "政府信息公开征求意见书",
    "assistance": "政府信息公开申请协办函",
    "fee": "政府信息公开信息处理费收费通知书",
    "rectification_made": "政府信息更正告知书",
    "rectification_refused": "政府信息不予更正告知书",
    "rectification_transfer": "政府信息更正申请移送函",
    "rectification_transferred": "政府信息更正申请转送告知书",
    "rectification_elsewhere": "政府信息更正申请告知书",
}


def test_every_letter_of_the_field_is_there_and_a_reply_for_every_outcome() -> None:
    titles = {e.kind: e.title for e in entries() if e.outcome is None}
    assert titles == NOTICES
    assert set(kinds()) - set(NOTICES) == {reply_kind(o.code) for o in outcomes()}


@pytest.mark.parametrize("code", sorted(outcomes_on(TODAY)))
def test_a_reply_has_a_part_for_everything_that_the_outcome_must_say(code: str) -> None:
    parts = {part.name: part for part in entry(reply_kind(code), TODAY).parts}
    for sentence in outcomes_on(TODAY)[code].says:
        assert parts[sentence].fields or parts[sentence].words


@pytest.mark.parametrize("kind", [kind for kind in kinds() if not entry(kind, TODAY).table])
def test_the_wording_of_the_catalogue_passes_its_own_check(kind: str) -> None:
    assert check(default_text(kind, TODAY), kind) == []


def test_every_part_says_why_and_cites_a_known_instrument() -> None:
    for letter in entries():
        for part in letter.parts:
            assert part.why
            for source in part.article.split("、"):
                assert source.startswith("第") or cited(source).startswith("《")


def test_every_reply_names_its_decision_and_its_ground_and_the_remedy() -> None:
    for code, law in outcomes_on(TODAY).items():
        names = {part.name for part in entry(reply_kind(code), TODAY).parts}
        assert "决定" in names
        assert ("依据" in names) is (law.article is not None)
        assert ("救济途径和期限" in names) is (law.kind != "none")


def test_every_field_is_used_and_every_derived_one_can_be_computed() -> None:
    used = {name for letter in entries() for name in letter.fields}
    assert used == set(known_fields())
    assert {field.key for field in known_fields().values() if field.derived} == set(DERIVED)


def test_letters_go_with_events_of_the_course() -> None:
    events = course().events
    assert {event for letter in entries() for event in letter.events} <= set(events)
    # Whatever tells somebody outside of the office something has its letter.
    for event in ("request_correction", "excessive", "extend", "fee_notice", "consult_agency", "withdrawn"):
        assert letters_of(event, TODAY)


def test_only_the_reply_of_the_outcome_goes_with_the_signature() -> None:
    replies = [letter.outcome for letter in letters_of("signed_and_sent", TODAY, "granted") if letter.outcome]
    assert replies == ["granted"]
    closing = [letter.kind for letter in letters_of("correction_overdue", TODAY)]
    assert closing == ["reply_closed_no_supplement"]


def test_labels_tell_letters_of_one_title_apart() -> None:
    labels = [entry(kind, TODAY).label for kind in kinds()]
    assert len(set(labels)) == len(labels)


def test_letters_to_others_do_not_offer_the_name_of_the_applicant() -> None:
    for letter in entries():
        if letter.to != "applicant":
            assert "申请人" not in letter.fields
            assert "办理经过" not in letter.fields


@pytest.mark.parametrize(("kind", "on"), [("fee", date(2020, 12, 31)), ("reply_granted", date(2019, 5, 14))])
def test_there_is_no_letter_before_its_law(kind: str, on: date) -> None:
    with pytest.raises(LetterError, match="尚没有"):
        entry(kind, on)


def test_an_unknown_letter_is_said_to_be_unknown() -> None:
    with pytest.raises(LetterError, match="没有“reply_nothing”这种文书"):
        entry("reply_nothing", TODAY)
