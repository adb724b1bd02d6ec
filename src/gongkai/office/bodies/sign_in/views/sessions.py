"""Where one is signed in."""

from __future__ import annotations

import re

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from gongkai.office.bodies.gate import signed_in
from gongkai.office.bodies.sign_in.selectors.sessions import live_sessions
from gongkai.office.bodies.sign_in.services.sessions import end_own_sessions
from gongkai.office.bodies.sign_in.views.own import crumbs, oneself

# The first that is found names it: Edge says that it is Chrome too.
_BROWSERS = (
    ("Edg", "Edge"),
    ("360", "360 浏览器"),
    ("QQBrowser", "QQ 浏览器"),
    ("UBrowser", "UC 浏览器"),
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome 内核浏览器"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS|OpenHarmony", "鸿蒙"),
    ("Android", "Android"),
    ("iPhone|iPad", "iOS"),
    ("Windows", "Windows"),
    ("Kylin", "麒麟"),
    ("UOS|Uos", "统信"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """The list; posting ends one (``session``) or all others."""
    person, here = oneself(request), request.session.session_key
    if request.method == "POST":
        number = request.POST.get("session", "")
        if number:
            chosen = get_object_or_404(
                live_sessions(person).exclude(session_key=here), pk=number if number.isdigit() else 0
            )
            end_own_sessions(request.actor, person, only=chosen)
        else:
            end_own_sessions(request.actor, person, keep=here)
        messages.success(request, "已结束所选的登录。" if number else "其他地方的登录都已结束。")
        return redirect("usersessions_list")
    rows = [(row, device(row.user_agent), row.session_key == here) for row in live_sessions(person)]
    context = {"title": "登录的地方", "breadcrumbs": crumbs(), "rows": rows, "limit": settings.SESSION_LIMIT}
    return render(request, "usersessions/usersession_list.html", context)


def device(user_agent: str) -> str:
    """What a person calls it: 「Windows，Edge」. What cannot be told is 「未知设备」."""
    found = [
        next((name for pattern, name in table if re.search(pattern, user_agent)), "") for table in (_SYSTEMS, _BROWSERS)
    ]
    return "，".join(filter(None, found)) or "未知设备"
