"""The answer to a page that asks how far a job is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.office.look.components import Progress


def render_progress(request: HttpRequest, job: Progress) -> HttpResponse:
    """The component alone, for htmx; anybody who follows the address by hand is led to the page it belongs to.

    At the end a page that shows the result itself is loaded anew.
    """
    if request.headers.get("HX-Request") != "true" and job.refresh:
        return redirect(job.refresh)
    response = render(request, "look/components/progress.html", {"job": job})
    if not job.is_open and job.result and job.result == job.refresh:
        response["HX-Refresh"] = "true"
    return response
