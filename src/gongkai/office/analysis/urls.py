"""Addresses of the app."""

from django.urls import URLPattern, path

from gongkai.office.analysis.views import acts, batches, documents, files, rules, upload

app_name = "analysis"
urlpatterns: list[URLPattern] = [
    path("", batches.batches, name="batches"),
    path("upload/", upload.upload_page, name="upload"),
    path("documents/", documents.documents, name="documents"),
    path("rules/", rules.rules, name="rules"),
    path("batches/<int:pk>/", batches.batch, name="batch"),
    path("batches/<int:pk>/progress/", batches.progress, name="progress"),
    path("batches/<int:pk>/again/", acts.batch_again, name="batch_again"),
    path("batches/<int:pk>/remove/", acts.batch_remove, name="batch_remove"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("documents/<int:pk>/again/", acts.document_again, name="document_again"),
    path("documents/<int:pk>/original/", files.original, name="original"),
    path("documents/<int:pk>/pages/<int:number>.png", files.page_picture, name="page_picture"),
    path("documents/<int:pk>/findings.<slug:format>", files.findings, name="findings"),
    path("documents/<int:pk>/report.<slug:format>", files.report, name="report"),
]
