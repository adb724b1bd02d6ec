"""All addresses of the office."""

from django.urls import URLPattern, URLResolver, path

from gongkai.office.config.health import healthz, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]

handler400 = "gongkai.office.config.errors.views.bad_request"
handler403 = "gongkai.office.config.errors.views.permission_denied"
handler404 = "gongkai.office.config.errors.views.page_not_found"
handler500 = "gongkai.office.config.errors.views.server_error"
