"""The pages: they open, say what they should, do their act, and keep what was typed when it is refused."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from office.bodies.county import LONG_AGO, County, acting

from gongkai.office.acts.models import Act
from gongkai.office.bodies.models import Body, Person, RoleHolding, StandIn
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.services.body_facts import edit_body
from gongkai.office.bodies.services.names import rename_body
from gongkai.office.bodies.sign_in.state import FACTOR

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


def at(person: Person) -> Client:
    """A browser in which ``person`` is signed in."""
    client = Client()
    Person.objects.filter(pk=person.pk).update(must_change_password=False)
    client.force_login(person)
    session = client.session
    session[FACTOR] = True  # the second factor of administrators is the affair of sign_in's tests
    session.save()
    return client


def text(response: object) -> str:
    return response.content.decode()


def test_every_page_of_bodies_opens_for_the_system_administrator(county: County) -> None:
    client = at(county.system)
    names = ["edit_body", "edit_contact", "rename_body", "correct_name", "record_former_name", "add_alias", "move_body"]
    for name in ["body", *names, "merge_body", "split_body", "abolish_body"]:
        response = client.get(reverse(f"bodies:{name}", args=[county.bureau.pk]))
        assert response.status_code == 200, name
        assert "青禾县财政局" in text(response), name
    for name in ("bodies", "tree", "create_body", "people", "create_person", "rights", "me", "edit_own_data"):
        assert client.get(reverse(f"bodies:{name}")).status_code == 200, name
    for name in ("person", "edit_person", "deactivate_person"):
        assert client.get(reverse(f"bodies:{name}", args=[county.clerk.pk])).status_code == 200, name


def test_a_body_is_entered_and_edited_by_forms(county: County) -> None:
    client = at(county.system)
    form = {
        "kind": "department",
        "name": "青禾县民政局",
        "parent": county.government.pk,
        "order": 5,
        "ground": "三定方案",
    }
    response = client.post(reverse("bodies:create_body"), form)
    body = Body.objects.get(name="青禾县民政局")
    assert response.url == reverse("bodies:body", args=[body.pk])
    page = text(client.get(response.url))
    assert "新增机关" in page
    assert "三定方案" in page
    assert "指南还缺" in page
    wrong = client.post(
        reverse("bodies:edit_body", args=[body.pk]),
        {"kind": "department", "uscc": "11341702486344515A", "order": 5, "short_name": "民政局", "version": 1},
    )
    assert wrong.status_code == 422
    assert "校验码" in text(wrong)
    assert 'value="民政局"' in text(wrong)
    assert Act.objects.filter(verb="bodies.edit_body").count() == 0


def test_the_second_of_two_editors_is_told_who_changed_what_and_loses_nothing(county: County) -> None:
    page = reverse("bodies:edit_body", args=[county.bureau.pk])
    client = at(county.system)
    form = {"kind": "department", "order": 2, "short_name": "县财政局", "version": county.bureau.version}
    other = county.person("other", county.office, Role.SYSTEM_ADMINISTRATOR)
    edit_body(acting(other), county.bureau, {"short_name": "财政局"}, version=county.bureau.version)
    second = client.post(page, form)
    assert second.status_code == 409
    assert "other某" in text(second)
    assert "简称：填写为“财政局”" in text(second)
    assert 'value="县财政局"' in text(second)
    assert Body.objects.get(pk=county.bureau.pk).short_name == "财政局"
    # The page carries the new version: who submits it again means it.
    assert 'name="version" value="2"' in text(second)
    assert client.post(page, {**form, "version": 2}).status_code == 302
    assert Body.objects.get(pk=county.bureau.pk).short_name == "县财政局"


def test_what_cannot_be_taken_back_has_a_button_that_warns(county: County) -> None:
    client = at(county.system)
    assert "btn-danger" in text(client.get(reverse("bodies:abolish_body", args=[county.bureau.pk])))
    assert "btn-danger" not in text(client.get(reverse("bodies:edit_body", args=[county.bureau.pk])))


def test_a_body_shows_people_and_history_only_to_those_within_reach(county: County) -> None:
    own = text(at(county.clerk).get(reverse("bodies:body", args=[county.bureau.pk])))
    assert "经过" in own
    assert "承办人" in own
    other = text(at(county.clerk).get(reverse("bodies:body", args=[county.office.pk])))
    assert "经过" not in other
    assert "周系统" not in other
    assert at(county.clerk).get(reverse("bodies:person", args=[county.system.pk])).status_code == 404
    assert "周系统" not in text(at(county.clerk).get(reverse("bodies:people")))
    assert "周系统" in text(at(county.auditor).get(reverse("bodies:people")))


def test_of_very_many_people_a_body_shows_some_and_leads_to_all(county: County) -> None:
    address = reverse("bodies:body", args=[county.bureau.pk])
    assert "查看全部人员" not in text(at(county.system).get(address))
    Person.objects.bulk_create(Person(account=f"p{n}", name=f"王{n}", body=county.bureau) for n in range(60))
    client = at(county.system)
    shown = text(client.get(address))
    assert "只列出前50人" in shown
    assert ("王48<" in shown, "王49<" in shown) == (True, False), "张敏 and the first 49"
    everybody = re.search(r'href="([^"]+)">查看全部人员', shown)
    assert everybody
    assert "共61条" in re.sub(r"\s", "", text(client.get(everybody[1].replace("&amp;", "&"))))


def test_the_page_of_a_body_shows_a_chosen_day(county: County) -> None:
    rename_body(acting(county.system), county.bureau, "青禾县财政和国资局", TODAY)
    url = reverse("bodies:body", args=[county.bureau.pk])
    assert "张敏" in text(at(county.system).get(url, {"day": "2021-05-01"}))
    before = text(at(county.system).get(url, {"day": "2019-05-01"}))
    assert "这一天没有人在该机关有角色" in before
    assert "不是日期" in text(at(county.system).get(url, {"day": "2019-02-31"}))
    tree = text(at(county.system).get(reverse("bodies:tree"), {"day": "2021-05-01"}))
    assert "青禾县财政局" in tree
    assert "财政和国资局" not in tree


def test_a_role_is_given_and_ended_by_forms(county: County) -> None:
    client = at(county.security)
    grant = reverse("bodies:grant_role", args=[county.clerk.pk])
    form = {"role": "reviewer", "body": county.bureau.pk, "valid_from": TODAY.isoformat(), "ground": "青财〔2024〕3号"}
    assert "请" in text(client.post(grant, {**form, "ground": ""}))
    assert client.post(grant, form).status_code == 302
    page = text(client.get(reverse("bodies:person", args=[county.clerk.pk])))
    assert "青财〔2024〕3号" in page
    assert "安全平" in page
    holding = RoleHolding.objects.get(role=Role.REVIEWER)
    end = reverse("bodies:end_role", args=[holding.pk])
    assert end in page
    yesterday = (TODAY - DAY).isoformat()
    assert client.post(end, {"last_day": yesterday, "ground": "授权有误"}).status_code == 302
    assert "已撤回" in text(client.get(reverse("bodies:person", args=[county.clerk.pk])))
    assert client.get(end).status_code == 403


def test_refusals_of_the_policy_are_pages_with_the_sentence(county: County) -> None:
    own = at(county.security).get(reverse("bodies:grant_role", args=[county.security.pk]))
    assert own.status_code == 403
    assert "不能给自己授权" in text(own)
    create = at(county.security).get(reverse("bodies:create_person"))
    assert create.status_code == 403
    assert "系统管理员" in text(create)


def test_people_name_their_own_stand_in(county: County) -> None:
    deputy = county.person("deputy")
    client = at(county.clerk)
    form = {
        "body": county.bureau.pk,
        "deputy": deputy.pk,
        "valid_from": TODAY.isoformat(),
        "valid_to": (TODAY + 5 * DAY).isoformat(),
        "ground": "出差",
    }
    assert client.post(reverse("bodies:set_own_stand_in"), {**form, "deputy": county.system.pk}).status_code == 422
    assert client.post(reverse("bodies:set_own_stand_in"), form).status_code == 302
    assert "由deputy某代行" in text(client.get(reverse("bodies:me")))
    row = StandIn.objects.get()
    assert "代张敏" in text(at(deputy).get(reverse("bodies:me")))
    assert at(deputy).get(reverse("bodies:end_own_stand_in", args=[row.pk])).status_code == 404
    end = reverse("bodies:end_own_stand_in", args=[row.pk])
    assert client.post(end, {"last_day": (TODAY - DAY).isoformat(), "ground": "未出差"}).status_code == 302
    assert StandIn.objects.get().was_withdrawn


def test_the_overview_names_gaps_doubles_and_ends(county: County) -> None:
    county.person("r1", county.township, Role.REVIEWER, Role.SIGNATORY)
    county.person("r2", county.township, Role.REVIEWER)
    soon = county.person("r3", county.township)
    RoleHolding.objects.create(
        person=soon, role=Role.HANDLER, body=county.township, valid_from=LONG_AGO, valid_to=TODAY + 10 * DAY
    )
    page = text(at(county.auditor).get(reverse("bodies:rights")))
    assert "无审核人；无签发人" in page
    assert "审核人有2人；审核人与签发人为同一人；r3某的承办人" in page
    gaps = text(at(county.auditor).get(reverse("bodies:rights"), {"issue": "ending"}))
    assert "柳河镇" in gaps
    assert ">青禾县财政局<" not in gaps
    assert at(county.clerk).get(reverse("bodies:rights")).status_code == 403


@pytest.mark.parametrize("name", ["bodies", "people", "rights"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_lists_go_out_as_files(county: County, name: str, form: str) -> None:
    response = at(county.auditor).get(reverse(f"bodies:{name}"), {"export": form})
    assert response.status_code == 200
    assert b"".join(response.streaming_content)


def test_personal_data_is_masked_and_shown_in_full_only_with_a_reason_that_is_logged(county: County) -> None:
    identity, mobile = "11010519491231002X", "13912345678"
    client = at(county.system)
    form = {"account": "clerk", "name": "张敏", "body": county.bureau.pk, "version": 1}
    edit = reverse("bodies:edit_person", args=[county.clerk.pk])
    wrong = client.post(edit, {**form, "identity_number": "110105194912310021", "mobile": mobile})
    assert wrong.status_code == 422
    assert client.post(edit, {**form, "identity_number": identity, "mobile": mobile}).status_code == 302
    person_page = reverse("bodies:person", args=[county.clerk.pk])
    for page in (
        text(client.get(person_page)),
        text(client.get(edit)),
        text(at(county.clerk).get(reverse("bodies:me"))),
    ):
        assert identity not in page
        assert mobile not in page
    assert "<dt>身份证号码" not in text(at(county.security).get(person_page))
    # Left blank in the form, what is stored stays.
    assert client.post(edit, {**form, "position": "科员", "version": 2}).status_code == 302
    assert Person.objects.get(pk=county.clerk.pk).mobile.reveal() == mobile
    reveal = reverse("bodies:reveal_person", args=[county.clerk.pk, "identity_number"])
    assert reveal in text(client.get(person_page))
    assert identity not in text(client.post(reveal))
    assert identity not in text(client.post(reveal, {"reason": " "}))
    shown = client.post(reveal, {"reason": "核对任职文件"})
    assert identity in text(shown)
    assert "no-store" in shown["Cache-Control"]
    act = Act.objects.get(verb="acts.reveal")
    assert (act.actor_name, act.ground, act.thing_name) == ("周系统", "核对任职文件", "张敏")
    assert at(county.security).post(reveal, {"reason": "x"}).status_code == 403
    assert identity not in str(list(Act.objects.values_list("detail", flat=True)))
