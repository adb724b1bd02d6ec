"""Pages that fail, for the tests of the error pages and of the log."""

from django import forms
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from gongkai.office.bodies.gate import open_to_all, signed_in
from gongkai.office.config.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


class ApplicationForm(forms.Form):
    """What a clerk registers; only its labels matter here."""

    subject_wanted = forms.CharField(label="所需信息的内容")


@open_to_all
def breaks(request: HttpRequest) -> HttpResponse:
    request.POST.get("subject_wanted")
    raise RuntimeError("110105194912310021 broke it")


@open_to_all
def forbids(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("只有审核人可以退回。")


@open_to_all
def ended(request: HttpRequest) -> HttpResponse:
    """What Django's middleware raises when the work is done and the session turns out to be no more."""
    raise SessionInterrupted("The request's session was deleted before the request completed.")


@open_to_all
def lacks(request: HttpRequest) -> HttpResponse:
    raise Http404("No Body matches the given query.")


@open_to_all
def takes(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"收到：{request.POST.get('subject_wanted', '')}")


@signed_in
def inside(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


urlpatterns = [
    *urlpatterns,
    path("breaks", breaks),
    path("forbids", forbids),
    path("ended", ended),
    path("lacks", lacks),
    path("takes", takes),
    path("inside", inside),
]
