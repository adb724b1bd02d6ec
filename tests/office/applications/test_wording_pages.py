"""The county words its letters itself, and never without what the law wants in them."""

from __future__ import annotations

import pytest
from django.utils import timezone
from office.applications.casework import as_person
from office.applications.pages import at, page, text
from office.world import World, build_world

from gongkai.office.acts.models import Act
from gongkai.office.acts.policy import Refused
from gongkai.office.applications.letters import default_text
from gongkai.office.applications.models import Wording
from gongkai.office.applications.selectors.wordings import wording_on
from gongkai.office.applications.services.wording import change_wording

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DEFAULT = default_text("correction", TODAY)
OWN = DEFAULT + "如有疑问，请与本机关联系。\n"


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def typed(words: str, **more: str) -> dict[str, str]:
    return {"text": words, "valid_from": TODAY.isoformat(), "reason": "清政公开〔2024〕2号", "seen": "0", **more}


def test_the_check_names_the_missing_part_and_its_article(world: World) -> None:
    supervisor = at(world, "supervisor")
    without = DEFAULT.replace("没有正当理由逾期不补正的，视为放弃申请，本机关不再处理。", "")
    assert without != DEFAULT
    shown = text(supervisor.post(page("wording", "correction"), typed(without)))
    assert "缺少“逾期不补正的后果”" in shown
    assert "条例 第三十条" in shown
    refused = supervisor.post(page("wording", "correction"), typed(without, step="save"))
    assert refused.status_code == 422
    assert not Wording.objects.exists()
    assert not Act.objects.filter(verb="applications.change_wording").exists()


def test_a_whole_wording_is_previewed_saved_used_and_put_back(world: World) -> None:
    supervisor = at(world, "supervisor")
    shown = text(supervisor.post(page("wording", "correction"), typed(OWN, reason="")))
    assert "法定内容齐全" in shown
    assert "如有疑问，请与本机关联系。" in shown
    assert "张某某" in shown, "the preview has facts of nobody"
    assert not Wording.objects.exists(), "a preview saves nothing"
    assert supervisor.post(page("wording", "correction"), typed(OWN, step="save")).status_code == 302
    assert wording_on("correction", TODAY) == Wording.objects.get().text
    assert f"自{TODAY.year}年" in text(supervisor.get(page("wordings")))
    assert supervisor.post(page("restore_wording", "correction"), {"reason": "仍用默认"}).status_code == 302
    assert wording_on("correction", TODAY) is None
    history = text(supervisor.get(page("wording", "correction")))
    assert "恢复默认措辞" in history
    assert "清政公开〔2024〕2号" in history
    assert Wording.objects.count() == 2


def test_the_check_while_typing_answers_with_the_check_alone(world: World) -> None:
    answer = at(world, "supervisor").post(page("wording", "correction"), typed(""), headers={"HX-Request": "true"})
    assert "模板没有内容" in text(answer)
    assert "<html" not in text(answer)
    hostile = typed(DEFAULT + "<script>alert(1)</script>{")
    answer = at(world, "supervisor").post(page("wording", "correction"), hostile, headers={"HX-Request": "true"})
    assert "花括号不成对" in text(answer)
    assert "<script>" not in text(answer)


def test_unknown_fields_and_days_of_the_past_are_refused(world: World) -> None:
    supervisor = at(world, "supervisor")
    answer = supervisor.post(page("wording", "correction"), typed(DEFAULT + "{手机号}", step="save"))
    assert "没有“手机号”这个字段" in text(answer)
    past = supervisor.post(page("wording", "correction"), typed(OWN, step="save", valid_from="2020-01-01"))
    assert "启用日期不能早于今天" in text(past)
    assert not Wording.objects.exists()


def test_who_was_slower_is_told(world: World) -> None:
    supervisor = at(world, "supervisor")
    supervisor.post(page("wording", "correction"), typed(OWN, step="save"))
    late = supervisor.post(page("wording", "correction"), typed(OWN + "另行通知。", step="save"))
    assert late.status_code == 422
    assert "别人已经修改" in text(late)
    assert Wording.objects.count() == 1


def test_a_form_of_fixed_layout_and_an_unknown_letter_have_no_wording(world: World) -> None:
    supervisor = at(world, "supervisor")
    assert supervisor.get(page("wording", "register_form")).status_code == 404
    assert supervisor.get(page("wording", "nonsense")).status_code == 404


@pytest.mark.parametrize("role", ["registrar", "handler", "reviewer", "signatory", "system_administrator", "auditor"])
def test_others_may_neither_see_nor_change_it(world: World, role: str) -> None:
    client = at(world, role)
    for address in (page("wordings"), page("wording", "correction"), page("restore_wording", "correction")):
        assert client.get(address).status_code == 403
    assert client.post(page("wording", "correction"), typed(OWN, step="save")).status_code == 403
    with pytest.raises(Refused):
        change_wording(as_person(world, role), Wording, kind="correction", text=OWN, valid_from=TODAY, reason="x")
    assert not Wording.objects.exists()
