"""Addresses of applications."""

from __future__ import annotations

from django.urls import path

from gongkai.office.applications.views import (
    calendar,
    case_page,
    deciding,
    events,
    files,
    imports,
    listing,
    matters,
    rectifying,
    redacting,
    registering,
    revealing,
)

app_name = "applications"

urlpatterns = [
    path("", listing.cases, name="cases"),
    path("new/", registering.new_case, name="new_case"),
    path("workload/", listing.workload_page, name="workload"),
    path("filters/save/", listing.save_filter, name="save_filter"),
    path("filters/<int:pk>/delete/", listing.delete_filter, name="delete_filter"),
    path("calendar/", calendar.calendar_page, name="calendar"),
    path("calendar/open/", calendar.open_page, name="open_calendar"),
    path("calendar/close/", calendar.close_page, name="close_calendar"),
    path("calendar/<str:secret>/deadlines.ics", calendar.feed, name="feed"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<int:pk>/", imports.import_page, name="import"),
    path("imports/<int:pk>/apply/", imports.apply_import, name="apply_import"),
    path("rectifications/", rectifying.rectifications, name="rectifications"),
    path("rectifications/new/", rectifying.new_rectification, name="new_rectification"),
    path("rectifications/<int:pk>/", rectifying.rectification, name="rectification"),
    path("rectifications/<int:pk>/finish/", rectifying.finish_rectification, name="finish_rectification"),
    path("bodies/<int:pk>/prefix/", deciding.prefix_page, name="prefix"),
    path("<int:pk>/", case_page.case_page, name="case"),
    path("<int:pk>/receipt/", registering.receipt, name="receipt"),
    path("<int:pk>/correct/", registering.correct_page, name="correct_entry"),
    path("<int:pk>/do/<slug:event>/", events.event_page, name="event"),
    path("<int:pk>/assign/", matters.assign_page, name="assign"),
    path("<int:pk>/agree/", matters.agree_page, name="agree_extension"),
    path("<int:pk>/split/", matters.split_page, name="split"),
    path("<int:pk>/publish/", matters.suggest_page, name="suggest_publication"),
    path("<int:pk>/duplicate/", matters.link_page, name="link_duplicate"),
    path("<int:pk>/decide/", deciding.decide_page, name="decide"),
    path("<int:pk>/review/", deciding.review_page, name="review"),
    path("<int:pk>/sign/", deciding.sign_page, name="sign"),
    path("<int:pk>/deliver/", deciding.deliver_page, name="deliver"),
    path("<int:pk>/files/new/", files.attach_page, name="attach"),
    path("<int:pk>/files/<int:number>/", files.file, name="file"),
    path("<int:pk>/redactions/", redacting.redactions, name="redactions"),
    path("<int:pk>/redactions/<int:number>/", redacting.redaction, name="redaction"),
    path("<int:pk>/redactions/<int:number>/<int:page>.png", redacting.page_picture, name="page_picture"),
    path("<int:pk>/redactions/<int:number>/burn/", redacting.burn_page, name="burn"),
    path("<int:pk>/redactions/<int:number>/convert/", redacting.convert_page, name="convert"),
    path("<int:pk>/reveal/<slug:field>/", revealing.reveal_page, name="reveal"),
]
