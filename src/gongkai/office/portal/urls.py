"""Addresses of the public. None holds a key, a code or a number of a case."""

from __future__ import annotations

from django.urls import path

from gongkai.office.portal.views import applying, following, home, submitting, writing

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("how/", home.how, name="how"),
    path("bodies/<int:pk>/", home.body, name="body"),
    path("print/<slug:size>/", home.print_size, name="print_size"),
    path("apply/", applying.begin, name="begin"),
    path("apply/resume/", applying.resume, name="resume"),
    path("apply/keep/", applying.keep_for_later, name="keep"),
    path("apply/discard/", applying.discard, name="discard"),
    path("apply/answers/", applying.answers, name="answers"),
    path("apply/papers/", submitting.papers, name="papers"),
    path("apply/papers/<int:number>/remove/", submitting.remove_paper, name="remove_paper"),
    path("apply/check/", submitting.check, name="check"),
    path("apply/receipt/", submitting.receipt, name="receipt"),
    path("apply/leave/", submitting.leave, name="leave"),
    path("apply/step/<slug:slug>/", applying.step, name="step"),
    path("follow/", following.follow, name="follow"),
    path("follow/case/", following.case_page, name="case"),
    path("follow/case/correct/", writing.correct, name="correct"),
    path("follow/case/write/", writing.write, name="write"),
    path("follow/case/withdraw/", writing.withdraw, name="withdraw"),
    path("follow/case/papers/<int:number>/", following.paper, name="paper"),
    path("follow/close/", following.close, name="close"),
]
