"""The acts on a person and on one's own account, each with its form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.office.bodies.forms import person as forms
from gongkai.office.bodies.forms.fields import GroundForm
from gongkai.office.bodies.gate import may, signed_in
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.selectors.people import visible_people
from gongkai.office.bodies.services import activation
from gongkai.office.bodies.services import people as services
from gongkai.office.bodies.views.acting import act_by_form, demand

_asks = require_http_methods(["GET", "HEAD", "POST"])


@may("bodies.create_person")
@_asks
def create_person(request: HttpRequest) -> HttpResponse:
    """A new account; ``?body=`` names where."""
    body = request.GET.get("body", "")
    form = forms.PersonForm(request.POST or None, initial={"body": body if body.isdecimal() else None})

    def create(data: dict) -> Person:
        values = form.values()
        return services.create_person(request.actor, values.pop("body"), ground=data["ground"], **values)

    return act_by_form(
        request,
        form,
        create,
        done="已新增{}；角色由安全保密管理员授予，初始密码由其设定",
        back=_page,
        title="新增人员",
        submit="新增",
        cancel=reverse("bodies:people"),
        breadcrumbs=[("人员", reverse("bodies:people"))],
    )


@may("bodies.edit_person")
@_asks
def edit_person(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of them."""
    person = person_for(request, pk, "bodies.edit_person")
    form = forms.PersonForm(request.POST or None, instance=person, initial={"version": person.version})
    return act_by_form(
        request,
        form,
        lambda data: services.edit_person(
            request.actor, person, form.values(), version=data["version"], ground=data["ground"]
        ),
        done="已保存",
        back=_page(person),
        title="编辑人员",
        submit="保存",
        intro="调到其他机关的人员，原机关的角色不会自动终止，须由安全保密管理员办理。",
        cancel=_page(person),
        breadcrumbs=crumbs(person),
    )


@may("bodies.deactivate_person")
@_asks
def deactivate_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of use."""
    person = person_for(request, pk, "bodies.deactivate_person")
    form = GroundForm(request.POST or None)
    form.fields["ground"].required = True
    return act_by_form(
        request,
        form,
        lambda data: activation.deactivate_person(request.actor, person, ground=data["ground"]),
        done="已停用{}的账号",
        back=_page(person),
        title="停用账号",
        submit="停用账号",
        intro=f"{person}将不能登录，全部角色和代行立即终止；以后重新启用，角色须另行授予。",
        cancel=_page(person),
        breadcrumbs=crumbs(person),
        extra={"danger": True},
    )


@may("bodies.reactivate_person")
@_asks
def reactivate_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Into use again."""
    person = person_for(request, pk, "bodies.reactivate_person")
    return act_by_form(
        request,
        GroundForm(request.POST if request.method == "POST" else None),
        lambda data: activation.reactivate_person(request.actor, person, ground=data["ground"]),
        done="已启用{}的账号",
        back=_page(person),
        title="启用账号",
        submit="启用账号",
        intro=f"{person}可以重新登录；原有角色不会恢复，由安全保密管理员另行授予。",
        cancel=_page(person),
        breadcrumbs=crumbs(person),
    )


@signed_in
@_asks
def edit_own_data(request: HttpRequest) -> HttpResponse:
    """What people keep of themselves."""
    person = Person.objects.get(pk=request.user.pk)
    form = forms.OwnDataForm(request.POST or None, instance=person, initial={"version": person.version})
    me = reverse("bodies:me")
    return act_by_form(
        request,
        form,
        lambda data: services.edit_own_data(request.actor, person, form.values(), version=data["version"]),
        done="已保存",
        back=me,
        title="编辑本人资料",
        submit="保存",
        intro="姓名、职务、所在机关由系统管理员维护。",
        cancel=me,
        breadcrumbs=[("我的账号", me)],
    )


def person_for(request: HttpRequest, pk: int, code: str) -> Person:
    """The person whom the page is about; not found when out of reach, refused when the act is not for who asks."""
    person = get_object_or_404(visible_people(request.user).select_related("body"), pk=pk)
    demand(request, code, person)
    return person


def crumbs(person: Person) -> list[tuple[str, str]]:
    """The way to a page below the person's."""
    # The form's instance may carry what was typed.
    return [("人员", reverse("bodies:people")), (Person.objects.only("name").get(pk=person.pk).name, _page(person))]


def _page(person: Person) -> str:
    return reverse("bodies:person", args=[person.pk])
