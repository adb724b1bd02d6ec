"""Work in the background as the pages show it: how far it is, a way to stop it, what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from gongkai.office.acts.models import Work
from gongkai.office.acts.services import work as works
from gongkai.office.look.components import Progress

_STATES = {Work.State.WAITING: "waiting", Work.State.RUNNING: "running", Work.State.DONE: "done"}
_LONG = 30  # seconds in the queue after which the page says why that may be
_LEAVE = "可以离开本页，完成后回来查看。"


def progress_of(work: Work, label: str, *, poll: str, page: str, text: str = "") -> Progress:
    """``page``: where the work is shown, and its result."""
    return Progress(
        label,
        _STATES.get(Work.State(work.state), "failed"),  # type: ignore[arg-type]
        work.done,
        work.total,
        _words(work, text),
        poll=poll,
        refresh=page,
        result=page,
        since=work.asked_at,
    )


def stop_and_say(request: HttpRequest, work: Work | None) -> None:
    """Stop it; the page shows who did. What has ended meanwhile stays as it is, and the person is told."""
    if work is None or not works.stop(work, f"{request.user.name}停止了这项工作，没有留下结果。"):  # type: ignore[union-attr]
        messages.info(request, "这项工作已经结束，没有停止")


def _words(work: Work, text: str) -> str:
    if not work.is_open:
        return work.note
    if work.state == Work.State.RUNNING:
        return f"{text}{_LEAVE}" if work.total else f"{text}已进行{_seconds(work)}秒。{_LEAVE}"
    if _seconds(work) > _LONG:
        return f"已等待{_seconds(work)}秒：前面还有其他工作，或者后台服务没有运行（请告诉系统管理员）。{_LEAVE}"
    return _LEAVE


def _seconds(work: Work) -> int:
    since = work.begun_at if work.state == Work.State.RUNNING and work.begun_at else work.asked_at
    return max(0, round((timezone.now() - since).total_seconds()))
