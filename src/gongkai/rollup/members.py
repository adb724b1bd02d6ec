"""Who may be in a sum: reports of different bodies on the same year in the same form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from unicodedata import normalize

from gongkai.report import Form, Report, form_for_year, load_form
from gongkai.rollup.errors import RollupError

_NAMED = 20  # names in one complaint; a line with thousands is read by nobody


def accept(members: Sequence[Report], agency: str, year: int, required: Sequence[str]) -> tuple[Form, tuple[str, ...]]:
    """The form of the sum, and the names of the required bodies that are not among ``members``.

    Raises ``RollupError`` with everything that stands against the sum, not only the first.
    """
    if not _same(agency):
        raise RollupError("无法汇总：没有写明汇总报告的机关名称")
    if not members and not required:
        raise RollupError("无法汇总：没有给出任何报告")
    problems = [
        *_listed("没有读到机关名称", (_called(n, m) for n, m in enumerate(members, 1) if not _same(m.agency))),
        *_twice(members),
        *_listed(
            "下列报告是汇总机关自己的，不能计入自己的汇总",
            (str(m.agency) for m in members if _same(m.agency) == _same(agency)),
        ),
        *_listed("没有读到年度", (_called(n, m) for n, m in enumerate(members, 1) if m.year is None)),
        *_listed(
            f"不是 {year} 年度的报告",
            (f"{_called(n, m)}（{m.year} 年度）" for n, m in enumerate(members, 1) if m.year not in (None, year)),
        ),
        *_listed("没有读到表格，认不出格式", (_called(n, m) for n, m in enumerate(members, 1) if m.form is None)),
        *_other_forms(members, year),
    ]
    if problems:
        raise RollupError(f"无法汇总：{'；'.join(problems)}")
    names = {_same(m.agency) for m in members}
    absent = {_same(name): name for name in required if _same(name) not in names}
    return _form(members, year), tuple(absent.values())


def _same(name: str | None) -> str:
    """What two spellings of one name have in common: no spaces, no full-width brackets."""
    return "".join(normalize("NFKC", name or "").split())


def _called(number: int, member: Report) -> str:
    """The name of a report for people, also when the body's name was not read."""
    return (member.agency or "").strip() or f"第 {number} 份（{member.title or '无标题'}）"


def _listed(problem: str, names: Iterable[str]) -> list[str]:
    found = list(names)
    more = f"等 {len(found)} 份" if len(found) > _NAMED else ""
    return [f"{problem}：{'、'.join(found[:_NAMED])}{more}"] if found else []


def _twice(members: Sequence[Report]) -> list[str]:
    places: dict[str, list[int]] = {}
    for number, member in enumerate(members, 1):
        places.setdefault(_same(member.agency), []).append(number)
    again = {name: numbers for name, numbers in places.items() if name and len(numbers) > 1}
    return _listed(
        "同一单位有不止一份报告，请只留一份",
        (f"{members[n[0] - 1].agency}（第 {'、'.join(map(str, n))} 份）" for n in again.values()),
    )


def _other_forms(members: Sequence[Report], year: int) -> list[str]:
    counts = Counter(m.form for m in members if m.form)
    if len(counts) < 2:
        return []
    due = _due(year)
    usual = due.name if due and due.name in counts else counts.most_common(1)[0][0]
    return _listed(
        f"报告格式不一致，下列报告不是 {usual} 年格式",
        (f"{_called(n, m)}（{m.form} 年格式）" for n, m in enumerate(members, 1) if m.form not in (None, usual)),
    )


def _due(year: int) -> Form | None:
    try:
        return form_for_year(year)
    except KeyError:
        return None


def _form(members: Sequence[Report], year: int) -> Form:
    try:
        # All members agree by now; whether it is the form they should have used is a matter of the checks.
        return load_form(members[0].form or "") if members else form_for_year(year)
    except KeyError as error:
        raise RollupError(f"无法汇总：{error.args[0]}") from error
