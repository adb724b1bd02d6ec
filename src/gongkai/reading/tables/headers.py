"""Words that head columns and groups, and what is wrong with a head (check H1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

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


def damaged_words(table: str, heads: Iterable[Cell]) -> tuple[str, ...]:
    """Heads of ``table`` that are incomplete. Pieces over two lines are whole as long as no character is lost."""
    printed = "".join(fold(cell.text) for cell in heads)
    return _incomplete(table, printed) if printed else ()


# Head of table 4 → characters that tell it from the others, and how often the whole head has them. 结果 stands in three
# heads of three groups and 审结 in three more, so 其他结果 is told by its 其 and by all 结 and 果 together.
_REMEDY_HEADS = {
    "结果维持": {"维": 3, "持": 3},
    "结果纠正": {"纠": 3, "正": 3},
    "其他结果": {"其": 3, "结": 12, "果": 9},
    "尚未审结": {"审": 3},
    "未经复议直接起诉": {"直": 1, "接": 1},
    "复议后起诉": {"后": 1},
}


@lru_cache(maxsize=256)
def _incomplete(table: str, printed: str) -> tuple[str, ...]:
    needed: Mapping[str, Mapping[str, int]] = _REMEDY_HEADS
    if table == "applications":
        labels = (column.label for column in load_form(forms()[-1]).tables[table].columns.values())
        needed = {label: Counter(label) for label in labels}
    have = Counter(printed)
    return tuple(word for word, marks in needed.items() if any(have[c] < count for c, count in marks.items()))
