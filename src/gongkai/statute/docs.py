"""``python -m gongkai.statute.docs`` prints ``docs/deadlines.md``: the law of applications for people, in Chinese."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from gongkai.statute import calendar, cases, deadlines, fees, outcomes, remedies, states, terms
from gongkai.statute.dated import Dated

EXAMPLE = {
    "received": "2024-01-22",
    "events": [
        {"on": "2024-01-26", "act": "consult_third_party"},
        {"on": "2024-02-20", "act": "opinion_received"},
        {"on": "2024-03-01", "act": "extend", "days": 15},
    ],
}
_CASE = """一件申请写作一个 JSON 对象：`received` 是收到申请之日（条例 第三十一条），`events` 是影响期限的行为，
先后不拘，同一天的按所写先后。文件里可以是一件、一个列表，或每行一件；`-` 表示标准输入。"""
_KEYS = {
    "on": "行为的日期",
    "act": "行为，见下表",
    "days": "延长几个工作日（只用于 `extend`）",
    "until": "所确定的延迟答复的期限（只用于 `delay`）",
    "party": "征求谁的意见、收到谁的意见；同时征求几家时用来对应（不写的，意见对应最早发出的一件）",
    "served": "对方收到文书的日期，与发出日期不同时写；对方的期限自收到之日起算",
    "override": "逾期仍须补记的理由（告知补正、缴费）；写明后照算，并在步骤中标明",
    "note": "备注，不影响计算",
}
_ANSWER = """`gongkai due` 给出答复期限和逐步的依据；加 `--json` 时每件一行：`source` 来源，
`due` 届满日（期限停止计算时为 `null`），`provisional` 是否预估，
`steps` 步骤（`date` 日期、`words` 事由、`article` 依据）；
不能推算的为 `source` 和 `error`。
退出码：0 都已推算；2 有不能推算的（错误各一行）。"""
_COUNTING = """收到之日不计，自次日起数工作日。征求意见发出之次日至收到意见（或者期满）之日不计入期限，
几件重叠的只计一次；收到补正、缴费之后重新计算。日期不作人工改动：有新的行为，就按全部行为重新推算。"""

# What the provisions leave open, and how it is done here; a lawyer should be able to find each of these.
_CHOICES = (
    "延长只能一次，整个申请合计；届满当日仍可延长。补正、缴费后重新计算的，此前的延长、延迟不再计入。",
    "届满当日才发出征求意见的，收到意见（或者期满）之日即为届满之日；该日休息的，顺延至下一个工作日。",
    "第三十五条的延迟期限由机关确定，须晚于原届满日，只能确定一次，在届满以前告知申请人；征求意见期间不能确定。"
    "所定之日休息的，顺延至下一个工作日。",
    "延迟期限自确定之次日起按工作日计算，此后征求意见所需时间同样不计入；已经延迟的，不再按第三十三条延长。",
    "期满以后才收到的意见不影响期限；期满自动恢复计算，不必另记一笔。",
    "征求意见期间、等待补正期间不能发收费通知；征求意见期间不能要求补正。",
    "逾期的补正告知和逾期的缴费，写明理由可以补记；其他不合法的行为不能补记。",
    "旧条例（2019 年 5 月 15 日以前收到的申请）没有补正和收费的期限，不予推算。",
)


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


def _valid(entry: Dated) -> str:
    return f"{entry.valid_from} 至 {entry.valid_to}" if entry.valid_to else f"{entry.valid_from} 起"


def _section(title: str, *parts: str) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    for part in parts:
        yield part
        yield ""


def _case() -> Iterator[str]:
    yield from _section("申请的写法", _CASE, f"```json\n{json.dumps(EXAMPLE, ensure_ascii=False)}\n```")
    yield from _table(("项", "含义"), ((f"`{key}`", words) for key, words in _KEYS.items()))
    yield from _table(("行为", "含义"), ((f"`{act}`", words) for act, words in cases.ACTS.items()))
    yield _ANSWER
    yield ""


def _example() -> Iterator[str]:
    result = deadlines.deadline(cases.from_json(EXAMPLE))
    yield from _section("推算的例子", f"上面的申请，答复期限为 **{result.due}**：")
    yield from _table(("日期", "事由", "依据"), ((str(s.date), s.words, s.article) for s in result.steps))


def _terms() -> Iterator[str]:
    yield from _section("期限", _COUNTING)
    rows = ((terms.NAMES[t.name], f"{t.days} 个工作日" if t.days else "—", t.article, _valid(t)) for t in terms.terms())
    yield from _table(("期限", "长度", "依据", "适用于收到申请之日"), rows)
    yield "条文没有写明、本程序这样处理的："
    yield ""
    yield from (f"- {choice}" for choice in _CHOICES)
    yield ""


def _calendar() -> Iterator[str]:
    rule, since, fixed = calendar.standing()
    days = "、".join(f"{month}月{day}日" for month, day in sorted(fixed))
    settled = calendar.table().settled
    words = (
        f"收录下列年度的放假通知。{settled} 以后的日期为预估（次年的通知可能改动年末几天）："
        f"周末和固定日期的节假日（{days}；"
        f"{rule.name}，{since} 起）休息，其余上班。"
    )
    yield from _section("工作日", words)
    rows = (
        (
            str(year.year),
            "、".join(notice.name for notice in year.notices),
            "、".join(_span(first, last) for first, last in year.off),
            "、".join(_span(day, day) for day in year.worked),
        )
        for year in calendar.years().values()
    )
    yield from _table(("年度", "通知", "放假", "周末上班"), rows)


def _span(first: date, last: date) -> str:
    return f"{first:%m-%d}" if first == last else f"{first:%m-%d}～{last:%m-%d}"


def _outcomes() -> Iterator[str]:
    yield from _section("答复类型", "“报告栏目”是年度报告表格的行；复议、诉讼途径见下一节。")
    rows = (
        (
            f"{o.label}<br>`{o.code}`",
            o.article or "—",
            f"`{o.row}`",
            "；".join(o.says) or "—",
            "；".join((*(outcomes.NEEDS[n] for n in o.needs), *_against(o))) or "—",
            outcomes.KINDS[o.kind],
            _valid(o),
        )
        for o in outcomes.outcomes()
    )
    yield from _table(("类型", "依据", "报告栏目", "答复书须写明", "案卷须有", "性质", "适用"), rows)


def _against(outcome: outcomes.Outcome) -> Iterator[str]:
    yield from (f"{outcomes.NEEDS[need]}（第三方不同意公开的）" for need in outcome.against)


def _remedies() -> Iterator[str]:
    kinds = {**outcomes.KINDS, remedies.SILENCE: "逾期未答复"}
    yield from _section("救济途径", "按答复书送出之日适用。`{authority}`、`{court}` 由答复书填写。")
    rows = (
        (
            "、".join(kinds[k] for k in r.applies_to),
            remedies.NAMES[r.name],
            r.text or "—",
            "；".join(r.articles),
            _valid(r),
        )
        for r in remedies.remedies()
    )
    yield from _table(("性质", "途径", "告知的文字", "依据", "适用"), rows)
    hearings = (
        (
            remedies.BODIES[h.body],
            "或者".join(remedies.AUTHORITIES[a] for a in h.hears),
            remedies.COURTS[h.court],
            "；".join(h.articles),
            _valid(h),
        )
        for h in remedies.hearings()
    )
    yield from _table(("答复机关", "行政复议机关", "一审法院", "依据", "适用"), hearings)


def _fees() -> Iterator[str]:
    yield from _section("信息处理费", "每件申请只按一种标准计收；各档分别计算后相加。按申请收到之日适用。")
    rows = ((fees.BASES[t.basis], _bands(t), t.article, _valid(t)) for t in fees.tariffs())
    yield from _table(("标准", "各档", "依据", "适用"), rows)


def _bands(tariff: fees.Tariff) -> str:
    parts = []
    for first, each in tariff.bands:
        last, _ = tariff.band(first)
        span = f"{first}–{last}" if last else f"{first} 起"
        parts.append(f"{span}{tariff.unit}：" + (f"每{tariff.unit}{each}元" if each else "不收费"))
    if tariff.step:
        parts.append(f"以后每{tariff.step}{tariff.unit}为一档，每档再加{tariff.rise}元")
    return "；".join(parts)


def _states() -> Iterator[str]:
    machine = states.course()
    yield from _section("办理过程", "表中没有的行为不能办理。标 * 的条件可以写明理由后补记，理由一直保留。")
    rows = (
        (
            machine.events[t.event].label,
            "、".join(machine.states[s].label for s in t.from_),
            "不变" if t.to == "=" else machine.states[t.to].label,
            "、".join(machine.roles[role] for role in t.roles),
            "；".join(_guard(machine.guards[name]) for name in t.guards) or "—",
            t.effect,
        )
        for t in machine.transitions
    )
    yield from _table(("行为", "现状", "其后", "何人", "不予办理的情形", "期限"), rows)


def _guard(guard: states.Guard) -> str:
    article = "所选答复类型的依据" if guard.of_outcome else guard.article
    return f"{guard.refusal}（{article}）{'*' if guard.overridable else ''}"


def page() -> str:
    """The whole of ``docs/deadlines.md``."""
    lines = ["# 依申请公开：期限、答复、收费、救济", ""]
    lines += [
        "本页由 `python -m gongkai.statute.docs` 生成，请勿手改。内容来自 `src/gongkai/statute/` 下的数据文件。",
        "",
    ]
    for part in (_case, _example, _terms, _calendar, _outcomes, _remedies, _fees, _states):
        lines += part()
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    print(page(), end="")
