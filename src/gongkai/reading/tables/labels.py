"""Labels: printed words of the form matched to its rows and columns by normalised text (spec: ``normalisation``)."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache, lru_cache

from gongkai.report import forms, load_form
from gongkai.report.form import Form

# Traditional characters that occur in the labels and titles of the form, and their simplified forms.
_TRADITIONAL = (
    "規规製制發发廢废現现數数許许處处罰罚強强費费業业開开請请轉转結结辦办與与屬属國国機机祕秘範范穩稳護护權权內内務务過过執执"
    "詢询無无關关沒没補补確确訪访舉举報报複复復复訴诉訟讼維维糾纠審审總总計计獲获繳缴納纳條条縣县鄉乡鎮镇體体動动況况問问題题"
    "進进據据應应項项決决區区別别類类層层個个點点專专資资訊讯監监鍵键級级對对購购採采額额增增減减號号術术構构會会織织"
    "組组經经繼继續续議议認认說说這这後后來来時时間间標标預预準准證证華华電电佈布"
    "業业商商險险書书圖图導导門门網网並并從从際际備备單单擬拟爾尔齊齐億亿萬万餘余減减將将於于為为當当隨随實实稱称"
)
_FOLD: dict[int, str | None] = {ord(_TRADITIONAL[i]): _TRADITIONAL[i + 1] for i in range(0, len(_TRADITIONAL), 2)}
_FOLD |= dict.fromkeys(map(ord, "“”\"‘’'「」『』`´＂\u200b\u200c\u200d\u2060\ufeff\xad"))
_FOLD |= {ord(c): "(" for c in "〔[【〈{"} | {ord(c): ")" for c in "〕]】〉}"}
_SPACE = re.compile(r"\s+")
_UNIT_NOTE = re.compile(r"\((?:单位[:：]?)?[^()]*?(?:万元|元|件|保留\d位小数)\)$")
_ENUMERATOR = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}[、.,．:]|\([一二三四五六七八九十\d]{1,2}\)[、.]?|\d{1,2}[.、．,](?!\d)|\d(?=[一-鿿])|[①-⑳])+"
)
_TRAILING = "。:;,.、；：，"


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Width, brackets, quotes, white space and traditional characters evened out; nothing stripped."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).translate(_FOLD)


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """The label as it is compared: folded, without leading numbering, trailing punctuation and unit note."""
    out = _ENUMERATOR.sub("", fold(text)).rstrip(_TRAILING)
    return _UNIT_NOTE.sub("", out) or out


def _all_forms() -> list[Form]:
    return [load_form(name) for name in reversed(forms())]


@cache
def row_labels(table: str) -> dict[str, str]:
    """Normalised label → row key, over all forms (newest first where they differ)."""
    out: dict[str, str] = {}
    for form in _all_forms():
        for row in form.tables[table].rows.values():
            for label in (row.label, *row.variants):
                out.setdefault(normalise(label), row.key)
    return out


@cache
def column_labels(table: str) -> dict[str, str]:
    """Normalised label → column key, over all forms."""
    out: dict[str, str] = {}
    for form in _all_forms():
        for column in form.tables[table].columns.values():
            for label in (column.label, *column.variants):
                out.setdefault(normalise(label), column.key)
    return out


@cache
def official(table: str) -> dict[str, str]:
    """Row key → the label as the newest form prints it."""
    out: dict[str, str] = {}
    for form in _all_forms():
        for row in form.tables[table].rows.values():
            out.setdefault(row.key, row.label)
    return out


@cache
def _known_rows() -> dict[str, tuple[str, str]]:
    """Normalised label → (table, row) for the two tables whose rows are labelled."""
    return {label: (table, row) for table in ("applications", "proactive") for label, row in row_labels(table).items()}


@cache
def _by_beginning() -> dict[str, list[str]]:
    """First four characters → known labels that begin so."""
    out: dict[str, list[str]] = {}
    for label in _known_rows():
        if len(label) >= 4:
            out.setdefault(label[:4], []).append(label)
    return out


@lru_cache(maxsize=4096)
def match_row(text: str) -> tuple[str, str] | None:
    """(table, row key) of a printed row label, or ``None``: it equals a known one, or one begins like the other.

    "部分公开(区分处理的,只计这一情况…" begins like its row; a label wrapped over two lines is its beginning. 其他 and
    总计 also head columns: the caller decides by the sequence.
    """
    label = normalise(text)
    known = _known_rows()
    if label in known:
        return known[label]
    if not 4 <= len(label) <= 60:
        return None
    for candidate in _by_beginning().get(label[:4], ()):
        shorter = min(len(candidate), len(label))
        if candidate[:shorter] == label[:shorter]:
            return known[candidate]
    return None


@lru_cache(maxsize=1024)
def resembling_row(text: str) -> str | None:
    """Row key of table 3 that a damaged label resembles, and no other: 属于三类内容事务信息 is 属于三类内部事务信息."""
    label = normalise(text)
    if not 4 <= len(label) <= 50:
        return None
    known = row_labels("applications")
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(label)
    scored: list[tuple[float, str]] = []
    for candidate in known:
        if len(candidate) >= 4 and abs(len(candidate) - len(label)) <= max(3, len(candidate) // 2):
            matcher.set_seq1(candidate)
            if matcher.quick_ratio() >= 0.7:
                scored.append((matcher.ratio(), candidate))
    scored.sort(reverse=True)
    if not scored or scored[0][0] < 0.75:
        return None
    best = known[scored[0][1]]
    rivals = {known[candidate] for ratio, candidate in scored if ratio > scored[0][0] - 0.08}
    return best if rivals == {best} else None
