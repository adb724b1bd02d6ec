"""Names of checks as people type them: the name, the short id in either case; near names when there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.cli.wording import UsageError

if TYPE_CHECKING:
    from gongkai.checks import Check


def find(typed: str) -> Check:
    """The check called ``typed`` ("applications-unbalanced" or "A1"). Raises UsageError that lists near names."""
    from gongkai.checks import catalogue

    checks = catalogue()
    wanted = typed.strip().lower().replace("_", "-")
    if wanted in checks:
        return checks[wanted]
    for check in checks.values():
        if check.id.lower() == wanted:
            return check
    raise UsageError(f"没有名为“{typed}”的检查项；{_near(wanted, checks)}")


def known(typed: str) -> bool:
    """Whether every name in ``typed`` (separated by commas) is that of a check."""
    try:
        resolve([typed])
    except UsageError:
        return False
    return True


def resolve(typed: list[str]) -> tuple[str, ...]:
    """Names of the checks in ``typed``, each of which may hold several names separated by commas."""
    parts = [part for item in typed for part in item.replace("，", ",").split(",") if part.strip()]
    return tuple(dict.fromkeys(find(part).name for part in parts))


def _near(wanted: str, checks: dict[str, Check]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(wanted, list(checks), n=3, cutoff=0.5)
    near += [name for name in checks if wanted and wanted in name and name not in near][:3]
    # A Chinese word finds the checks whose title holds it.
    near += [c.name for c in checks.values() if wanted and wanted in c.title and c.name not in near][:3]
    if near:
        return "相近的有：" + "、".join(f"{name}（{checks[name].id}）" for name in near)
    return "全部名称请用 gongkai explain 查看"
