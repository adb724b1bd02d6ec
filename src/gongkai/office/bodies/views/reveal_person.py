"""A person's mobile or identity number in full: asked for with a reason, and every time an act."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongkai.office.acts.services.personal import reveal
from gongkai.office.bodies.forms.fields import add_refusal
from gongkai.office.bodies.gate import may
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.views.person_acts import crumbs, person_for
from gongkai.office.look.components import Fact
from gongkai.office.look.forms import ReasonForm, form_page

_FIELDS = ("mobile", "identity_number")


@never_cache
@may("bodies.reveal")
@require_http_methods(["GET", "HEAD", "POST"])
def reveal_person(request: HttpRequest, pk: int, field: str) -> HttpResponse:
    """First the reason, then the number; it is never in an address, nor kept by the browser."""
    if field not in _FIELDS:
        raise Http404
    person = person_for(request, pk, "bodies.reveal")
    label = str(Person._meta.get_field(field).verbose_name)
    back = reverse("bodies:person", args=[person.pk])
    if request.headers.get("HX-Request") == "true" and "reason" not in request.POST:
        # The button beside the mask asks in place; the reason needs a page.
        return HttpResponse(headers={"HX-Redirect": request.path})
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    title = f"查看{person.name}的{label}"
    if form.is_valid():
        try:
            text = reveal(request.actor, person, field, form.cleaned_data["reason"])
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            context = {
                "title": title,
                "breadcrumbs": crumbs(person),
                "facts": [Fact("姓名", person.name), Fact(label, text)],
                "back": back,
            }
            return render(request, "bodies/revealed.html", context)
    response = form_page(
        request,
        form,
        title=title,
        submit="查看",
        cancel=back,
        intro="查看个人信息将记入操作记录。",
        breadcrumbs=crumbs(person),
    )
    response.status_code = 422 if form.errors else 200
    return response
