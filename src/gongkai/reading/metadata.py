"""Dates, index number and kind of body from the lines around a report and from what the file says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from gongkai.reading.tables.labels import fold
from gongkai.report.model import Paragraph

_DIGITS = str.maketrans("〇零○ＯO一二三四五六七八九", "00000123456789")
_DAY = re.compile(r"(20\d\d)[年\-./](\d{1,2})[月\-./](\d{1,2})日?")
_CHINESE_DAY = re.compile(
    r"(二[〇零○OＯ][〇零○一二三四五六七八九OＯ]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_PUBLISHED = re.compile(
    r"(?:发布|公开|发文|公布)(?:时间|日期)[:：]?\s*(20\d\d\s*[年\-./]\s*\d{1,2}\s*[月\-./]\s*\d{1,2})"
)
_INDEX = re.compile(r"索\s*引\s*号[:：\s]*([A-Za-z0-9一-鿿][\w\-/\[\]〔〕().]{3,40})")
_META_DATES = ("pubdate", "publishdate", "publishedtime", "article:published_time", "firstpublishdate")
_META_INDEX = ("indexnumber", "index", "indexno", "idxno", "索引号")

_KINDS = (
    ("government_office", re.compile(r".*政府办(?:公室|公厅)?|.*(?:县|区|市)府办")),
    ("subdistrict", re.compile(r".*街道(?:办事处|办)?")),
    ("township", re.compile(r".*(?:镇|乡|苏木)(?:人民)?政府|.{2,}(?:镇|乡)")),
    ("county_government", re.compile(r".*(?:县|区|市|旗|州|省)(?:人民)?政府|.{2,}(?:自治县|县|市|旗|区)")),
    ("department", re.compile(r".*(?:局|委员会|委|办公室|办|厅|部|署|处|大队|支队|税务|公安|司法所)(?:\(.*\))?")),
    ("authorised_organisation", re.compile(r".*(?:中心|院|馆|校|学校|大学|所|站|社|会|公司|集团|台|园|队|行|库|厂)")),
)


def kind_of(agency: str | None) -> str | None:
    """Kind of body by the end of its name (keys of ``report.model.KINDS``), ``None`` when the name does not say."""
    if not agency:
        return None
    name = fold(agency)
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(name)), None)


def _number(words: str) -> int:
    """一 … 三十一 as a number."""
    if "十" not in words:
        return int(words.translate(_DIGITS))
    tens, _, ones = words.partition("十")
    return (int(tens.translate(_DIGITS)) if tens else 1) * 10 + (int(ones.translate(_DIGITS)) if ones else 0)


def day_in(text: str) -> date | None:
    """The first whole date in ``text`` (2024年1月26日, 2024-01-26, 二〇二四年一月二十六日), or ``None``."""
    plain = fold(text)
    try:
        if match := _DAY.search(plain):
            return date(*(int(part) for part in match.groups()))
        if match := _CHINESE_DAY.search(plain):
            year, month, day = match.groups()
            return date(int(year.translate(_DIGITS)), _number(month), _number(day))
    except ValueError:
        return None  # 31 February: not a date, the checks of the text will say so
    return None


def published_on(lines: Iterable[Paragraph], metadata: Mapping[str, str]) -> date | None:
    """Date of publication: from the page's own line (发布时间), else from its ``<meta>``."""
    for line in lines:
        if match := _PUBLISHED.search(line.text):
            return day_in(match.group(1))
    return next((day for key in _META_DATES if (day := day_in(metadata.get(key, "")))), None)


def index_number(lines: Iterable[Paragraph], metadata: Mapping[str, str]) -> str | None:
    """索引号 as printed."""
    for line in lines:
        if match := _INDEX.search(line.text):
            return match.group(1)
    return next((metadata[key] for key in _META_INDEX if metadata.get(key)), None)


def signed_on(signature: Iterable[Paragraph], preface: Iterable[Paragraph]) -> date | None:
    """The date the body put under the report, or in brackets under its title."""
    for line in signature:
        if day := day_in(line.text):
            return day
    for line in preface:
        if len(line.text) <= 24 and (day := day_in(line.text)):
            return day
    return None
