"""Statements the law asks for: C5 (results of assessment) and C6 (the processing fee)."""

from __future__ import annotations

import re
from itertools import chain

from gongkai.checks.findings import WARNING, Fault, Unread
from gongkai.checks.registry import Case, reading
from gongkai.checks.words import bare

_SENTENCE_END = re.compile(r"[。；;]")
_C = r"[^。；;]"  # within one sentence
_SCORE = (
    r"(?:优秀|良好|合格|达标|优良|先进|[第前][一二三四五六七八九十\d]{1,4}名|位[居列]|等次|得分"
    r"|\d{1,4}(?:\.\d{1,3})?分(?![类级]))"
)
# Each pattern is tried on the sentences that hold one of its words.
WORDS = {"工作考核": ("考核",), "社会评议": ("评议", "满意", "第三方评估"), "责任追究": ("追究", "追责", "问责")}
# A system, a measure or a criterion is not a result: "健全考核制度", "纳入绩效考核", "强化考核结果运用".
RESULTS = {
    "工作考核": re.compile(
        rf"考核{_C}{{0,30}}{_SCORE}|{_SCORE}{_C}{{0,20}}考核|考核结果(?:[为是：:]|均为|如下)"
        rf"|(?:开展|组织|进行|完成){_C}{{0,15}}考核{_C}{{0,8}}\d{{1,4}}次"
    ),
    "社会评议": re.compile(
        rf"(?:社会|群众|公众|民主|行风)评议{_C}{{0,30}}(?:满意[度率]|评议结果|得分|\d{{1,4}}(?:\.\d{{1,3}})?[%％分次份人]|{_SCORE})"
        rf"|(?:开展|组织|进行){_C}{{0,15}}(?:社会|群众|公众|民主)评议{_C}{{0,8}}\d{{1,4}}次"
        rf"|(?:社会|群众|公众){_C}{{0,12}}(?:满意[度率]|评议结果)(?:为|达|：|:)?{_C}{{0,6}}\d"
        rf"|第三方评估{_C}{{0,20}}{_SCORE}|未(?:开展|进行|组织)(?:过)?社会评议"
    ),
    "责任追究": re.compile(
        rf"(?:未发生|未出现|没有|无|不存在|未有|未因|未被|未进行|未启动){_C}{{0,24}}(?:责任追究|追究责任|追责|问责)"
        rf"|(?:责任追究|追究责任|追责|问责){_C}{{0,12}}(?:\d{{1,4}}|[零无])(?:人|次|起|件|例)|责任追究(?:情况|结果|情形)?[：:为]?无"
    ),
}


def _told(name: str, sentences: list[str]) -> bool:
    return any(RESULTS[name].search(s) for s in sentences if any(word in s for word in WORDS[name]))


@reading(
    name="assessment-results-missing",
    id="C5",
    title="各级政府未报告工作考核、社会评议、责任追究结果",
    severity=WARNING,
    source="条例 第五十条第（四）项",
    kinds=("county_government", "township"),
)
def assessment_results_missing(case: Case) -> Fault | Unread | None:
    """各级人民政府的报告应写明工作考核、社会评议、责任追究的结果，没有发生的也写明没有。只写制度、措施（如“健全
    考核、责任追究等制度”“纳入绩效考核”）不算结果。"""
    if not case.words.text:
        return Unread("未能核对：没有读到正文")
    sentences = _SENTENCE_END.split(bare(case.words.text))
    missing = [name for name in RESULTS if not _told(name, sentences)]
    if not missing:
        return None
    overview = case.report.chapter("overview")
    where = (case.report.place(overview.heading.start, overview.heading.end),) if overview else ()
    return Fault(f"没有写明{'、'.join(missing)}的结果", where)


_FEE = re.compile(r"信息处理费|(?<!按)收费通知|(?:依申请公开|信息公开)[^。；;]{0,20}收(?:取|费)|收取[^。；;]{0,12}费用")
_TITLES = re.compile(r"《[^》]{0,60}》|20\d\d年度?")
_STATED = re.compile(r"\d|未|没有|无|零|不收|免")


@reading(
    name="processing-fee-unstated",
    id="C6",
    title="第六部分未说明信息处理费收取情况",
    severity=WARNING,
    source="国办函〔2020〕109号",
    first_year=2021,
)
def processing_fee_unstated(case: Case) -> Fault | Unread | None:
    """第六部分应说明信息处理费：发出收费通知的件数和金额、实际收取的金额，或者没有收取。写在其他部分的也算；
    只提到管理办法的名称不算。"""
    words = case.words
    if not words.text:
        return Unread("未能核对：没有读到正文")
    found = chain(words.near("费", _FEE, 40, 4), words.near("收", _FEE, 30, 20))
    sentences = (_TITLES.sub("", words.sentence(*match.span())) for match in found)
    if any(_FEE.search(sentence) and _STATED.search(sentence) for sentence in sentences):
        return None
    other = case.report.chapter("other")
    where = (case.report.place(other.heading.start, other.heading.end),) if other else ()
    return Fault("没有说明信息处理费的收取情况（收取多少，或者没有收取）", where)
