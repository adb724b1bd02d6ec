"""更正: a record about oneself is put right, passed on or refused, and none of it is in the report's table."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from office.applications.casework import registered as application
from office.applications.pages import at, page, text
from office.world import World, build_world

from gongkai.office.applications.models import Rectification
from gongkai.office.applications.selectors.rectified import LETTERS, letter_of
from gongkai.office.applications.selectors.tally import tally

STATED = {
    "received_on": "2024-01-22",
    "applicant_name": "张小明",
    "phone": "13800138000",
    "record": "不动产登记簿所载面积",
    "request": "88.5平方米应为98.5平方米",
    "evidence": "测绘报告",
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def registered(world: World) -> Rectification:
    answer = at(world, "registrar").post(page("new_rectification"), {**STATED, "body": world.own.pk})
    assert answer.status_code == 302, text(answer)
    return Rectification.objects.latest("pk")


def end(one: Rectification, **typed: Any) -> dict[str, Any]:
    today = timezone.localdate().isoformat()
    return {"version": one.version, "result": "made", "explanation": "测绘属实", "told_on": today, **typed}


def test_a_wrong_record_is_put_right_and_the_applicant_told(world: World) -> None:
    one = registered(world)
    client = at(world, "handler")
    assert client.post(page("finish_rectification", one.pk), end(one)).status_code == 302
    shown = text(client.get(page("rectification", one.pk)))
    assert "予以更正" in shown
    assert "138****8000" in shown
    assert "13800138000" not in shown
    again = client.post(page("finish_rectification", one.pk), end(one, version=2))
    assert again.status_code == 422
    assert "已经办结" in text(again)
    assert not any(tally(world.own.pk, 2024).values()), "not in the table of the report"


def test_what_is_passed_on_names_the_body_that_may_correct_it(world: World) -> None:
    one = registered(world)
    client = at(world, "handler")
    refused = client.post(page("finish_rectification", one.pk), end(one, result="transferred"))
    assert refused.status_code == 422
    assert "请写明有权更正的机关" in text(refused)
    early = client.post(page("finish_rectification", one.pk), end(one, told_on="2024-01-01"))
    assert early.status_code == 422
    answer = client.post(
        page("finish_rectification", one.pk), end(one, result="transferred", other_body="清源县住建局")
    )
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("result", "said"),
    [
        ("made", ["政府信息更正告知书", "本机关已予以更正：测绘属实"]),
        ("refused", ["政府信息不予更正告知书", "理由是：测绘属实", "申请行政复议"]),
        ("transferred", ["政府信息更正申请转送告知书", "转送清源县住建局处理"]),
        ("elsewhere", ["政府信息更正申请告知书", "清源县住建局", "申请行政复议"]),
    ],
)
def test_the_applicant_is_told_by_a_letter_made_of_the_record(world: World, result: str, said: list[str]) -> None:
    one = registered(world)
    client = at(world, "handler")
    assert client.get(page("rectification_letter", one.pk, "rectification_made", "pdf")).status_code == 302
    answer = client.post(page("finish_rectification", one.pk), end(one, result=result, other_body="清源县住建局"))
    assert answer.status_code == 302, text(answer)
    one.refresh_from_db()
    assert all(number.endswith("1号") for number in one.numbers.values())
    shown = text(client.get(page("rectification", one.pk)))
    for kind in LETTERS[result]:
        assert one.numbers[kind] in shown
        for format, head in (("docx", b"PK"), ("pdf", b"%PDF")):
            address = page("rectification_letter", one.pk, kind, format)
            assert address in shown
            assert client.get(address).content.startswith(head)
    letter = letter_of(one, LETTERS[result][0])
    for words in said:
        assert words in letter.text
    assert letter.addressees == ("张小明",)
    assert "张小明" not in "".join(letter_of(one, kind).text for kind in LETTERS[result][1:])
    address = page("rectification_letter", one.pk, LETTERS[result][0], "pdf")
    assert at(world, "supervisor").get(address).status_code == 403


def test_an_organisation_is_not_called_du_and_a_case_offers_no_letter_of_rectifications(world: World) -> None:
    stated = {**STATED, "applicant_name": "清源化工厂", "organisation": "on", "body": world.own.pk}
    assert at(world, "registrar").post(page("new_rectification"), stated).status_code == 302
    one = Rectification.objects.latest("pk")
    client = at(world, "handler")
    client.post(page("finish_rectification", one.pk), end(one))
    one.refresh_from_db()
    assert "收到你单位要求更正" in letter_of(one, "rectification_made").text
    case = application(world, timezone.localdate().isoformat())
    assert "更正告知书" not in text(client.get(page("letters", case.pk)))


def test_the_department_in_charge_reads_masked_names(world: World) -> None:
    one = registered(world)
    for address in (page("rectifications"), page("rectification", one.pk)):
        shown = text(at(world, "supervisor").get(address))
        assert "张某某" in shown
        assert "张小明" not in shown
    assert "张小明" in text(at(world, "reviewer").get(page("rectifications")))
    assert at(world, "auditor").get(page("rectifications")).status_code == 403
    assert at(world, "reviewer").get(page("finish_rectification", one.pk)).status_code == 403
    Rectification.objects.update(body=world.other)
    assert at(world, "handler").get(page("rectification", one.pk)).status_code == 404
