"""All addresses of the office."""

from django.urls import URLPattern, URLResolver, include, path

from gongkai.office.bodies.gate import open_to_all
from gongkai.office.config.health import healthz, readyz
from gongkai.office.look.patterns.views import book

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("account/", include("gongkai.office.bodies.sign_in.urls")),
    path("", include("gongkai.office.desk.urls")),
    path("", include("gongkai.office.bodies.urls")),
    path("dev/patterns/", open_to_all(book), name="patterns"),
    path("dev/patterns/<slug:part>/", open_to_all(book), name="patterns_part"),
    path("applications/", include("gongkai.office.applications.urls")),
    path("analysis/", include("gongkai.office.analysis.urls")),
    path("audit/", include("gongkai.office.audit.urls")),
    path("open/", include("gongkai.office.portal.urls")),
]

handler400 = "gongkai.office.config.errors.views.bad_request"
handler403 = "gongkai.office.config.errors.views.permission_denied"
handler404 = "gongkai.office.config.errors.views.page_not_found"
handler500 = "gongkai.office.config.errors.views.server_error"
handler429 = "gongkai.office.bodies.sign_in.lockout.too_many"  # asked for by django-allauth
