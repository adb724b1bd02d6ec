"""One page for every error. It needs neither database nor session, for those may be what is broken."""

from __future__ import annotations

import logging
from html import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import loader

from gongkai.office.config.errors.typed import typed
from gongkai.office.config.errors.words import PUBLIC, WORDS, Words
from gongkai.office.portal.print_size import is_large

_log = logging.getLogger(__name__)
# As the addresses (config.urls) have it; a page that nothing may hinder does not ask them.
PUBLIC_PAGES = "/open/"


def error_page(
    request: HttpRequest, status: int, *, words: Words | None = None, why: str = "", sign_in: bool = False
) -> HttpResponse:
    """The page for ``status``. ``why`` takes the place of the general sentence; ``sign_in`` offers the way there.

    What was typed is given back, unless the content itself was what the office refused (413).
    """
    words, public = words or WORDS[status], request.path.startswith(PUBLIC_PAGES)
    if public:
        words = PUBLIC.get(words, words)
    context = {
        "frame": {"home": PUBLIC_PAGES if public else "/"},
        "public": public,
        "large": public and is_large(request),
        "title": words.title,
        "text": why or words.text,
        "todo": words.todo,
        "status": status,
        "number": getattr(request, "number", ""),
        "typed": typed(request) if status != 413 else None,
        "sign_in": str(settings.LOGIN_URL) if sign_in else "",
    }
    if context["typed"]:
        context["csrf_token"] = get_token(request)
    try:
        # Without the request: context processors ask the database who is there.
        content = loader.get_template("config/errors/page.html").render(context)
    except Exception:
        _log.exception("the error page itself failed")
        content = _bare(context)
    response = HttpResponse(content, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _bare(context: dict[str, object]) -> str:
    """A page that nothing can hinder."""
    todo = "".join(f"<li>{escape(str(line))}</li>" for line in (context["todo"] or ()))  # type: ignore[attr-defined]
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>{escape(str(context["title"]))}</title>'
        f"<h1>{escape(str(context['title']))}</h1><p>{escape(str(context['text']))}</p><ul>{todo}</ul>"
        f"<p>请求编号：{escape(str(context['number']))}</p></html>"
    )
