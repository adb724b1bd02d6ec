"""Words that head columns and groups, and what is wrong with a head (check H1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from gongkai.reading.document import Cell
from gongkai.reading.tables.labels import column_labels, fold, normalise
from gongkai.report import forms, load_form

# Heads broken over two lines come as pieces: 商业 / 企业.
_PIECES = (
    "商业 企业 科研 机构 社会 公益 组织 社会公益 公益组织 法律 服务 法律服务 服务机构 "
    "结果 维持 纠正 尚未 审结 其他结果 其它"
)
REMEDY_WORDS = {"结果维持", "结果纠正", "其他结果", "尚未审结", "未经复议直接起诉", "复议后起诉"}
REMEDY_ROWS = {
    "行政复议": "reconsideration",
    "未经复议直接起诉": "direct_litigation",
    "复议后起诉": "litigation_after_reconsideration",
}
_FIRST_OF_FORM_2019 = {
    "made_new",
    "published_new",
    "public_total",
    "items_last_year",
    "items_change",
    "projects",
    "amount",
}
_FIRST_OF_FORM_2021 = {"made", "repealed", "in_force", "amount_10k_cny"}


def _head_words() -> set[str]:
    words = {
        "申请人情况",
        "法人或其他组织",
        "行政复议",
        "行政诉讼",
        "信息内容",
        "本年度办理结果",
        *_PIECES.split(),
        *REMEDY_WORDS,
    }
    for table in ("proactive", "applications", "remedies"):
        words |= set(column_labels(table))
    for name in forms():
        form = load_form(name)
        words |= {normalise(block.title) for block in form.tables["proactive"].blocks}
        words |= {row.group for row in form.tables["applications"].rows.values() if row.group}
    words.add(normalise(form.tables["applications"].corner))
    return words


HEAD_WORDS = _head_words()


def is_head(text: str) -> bool:
    """Does this cell head a column, a block or a group? The corner note of table 3 counts, damaged or not."""
    label = normalise(text)
    return label in HEAD_WORDS or "勾稽关系" in label or label.startswith("第二十条第")


def form_of(heads: Iterable[Cell]) -> str | None:
    """The form whose column heads these are, or ``None``: recognised from the labels, never from the notice cited."""
    columns = column_labels("proactive")
    votes = Counter[str]()
    for cell in heads:
        key = columns.get(normalise(cell.text))
        votes["2019"] += key in _FIRST_OF_FORM_2019
        votes["2021"] += key in _FIRST_OF_FORM_2021
    best, count = votes.most_common(1)[0] if votes else ("", 0)
    return best if count else None


def leaf_columns(table: str, heads: Iterable[Cell]) -> list[str]:
    """Column keys in the order of their heads as printed (each once); what is no leaf head is passed over."""
    known = column_labels(table)
    return list(dict.fromkeys(known[label] for cell in heads if (label := normalise(cell.text)) in known))


def damaged_words(table: str, heads: Iterable[Cell]) -> list[str]:
    """Heads of ``table`` that are incomplete. Pieces over two lines are whole as long as no character is lost."""
    printed = "".join(fold(cell.text) for cell in heads)
    if not printed:
        return []
    if table == "remedies":
        needed = {
            "结果维持": "维持",
            "结果纠正": "纠正",
            "其他结果": "其他结果",
            "尚未审结": "审结",
            "未经复议直接起诉": "直接起诉",
            "复议后起诉": "议后",
        }
        times = {"未经复议直接起诉": 1, "复议后起诉": 1}
        # 其他结果 may be printed as 其他 / 结果: count the characters, three times each word.
        have = Counter(printed)
        short = []
        for word, mark in needed.items():
            need = Counter(mark)
            enough = all(have[c] >= n * times.get(word, 3) for c, n in need.items())
            if word == "其他结果":
                enough = have["其"] >= 3 and have["结"] + have["果"] >= 2 * 9 + 3  # 结果 nine times, 审结 thrice
            if not enough:
                short.append(word)
        return short
    if table == "applications":
        have = Counter(printed)
        words = [c.label for c in load_form(forms()[-1]).tables[table].columns.values()]
        return [word for word in words if any(have[c] < n for c, n in Counter(word).items())]
    return []
