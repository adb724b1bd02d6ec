"""Addresses of the app."""

from django.urls import path

from gongkai.office.audit.views.act import act
from gongkai.office.audit.views.export import export
from gongkai.office.audit.views.log import log
from gongkai.office.audit.views.verification import progress, verification

app_name = "audit"
urlpatterns = [
    path("", log, name="log"),
    path("acts/<int:pk>/", act, name="act"),
    path("verification/", verification, name="verification"),
    path("verification/<int:pk>/progress/", progress, name="progress"),
    path("export/", export, name="export"),
]
