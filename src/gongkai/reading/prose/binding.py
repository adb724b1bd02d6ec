"""Which cell of the form a count speaks of; ``None`` unless the words next to the number leave no doubt.

Besides cells (``applications.received.total``) there are sums of cells: ``applications.received.legal_entities``,
``applications.denied.total`` (a group of rows), ``remedies.litigation.total`` (both kinds of suit).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from gongkai.reading.prose.alternatives import any_of
from gongkai.reading.prose.mentions import Mention

_CASES = "件宗份例起条次"
_NOUN = (
    r"(?:(?:政府)?信息公开的?申请|依申请公开(?:政府)?(?:信息)?的?(?:申请|件)?|"
    r"(?:政府)?(?:信息)?公开的?申请|申请公开(?:政府)?信息)"
)
_COUNTED = r"(?:事项|件|共计?|总计|合计|总?数量?|总量|为|有|了)*$"

# Applications received.
_RECEIVE = r"(?:新收到?|收到|受理|接收到?|接到)"
_RECEIVED = re.compile(
    rf"{_RECEIVE}(?:了|的|各类|各种|群众|社会|公众|公民|、|[和或及]|法人|其他组织|提出|提交|书面)*(?:(?P<noun>{_NOUN})|申请){_COUNTED}"
)
_OF_ALL_KINDS = re.compile("各[类种]")  # of applications for other things too
_RECEIVES = re.compile(rf"{_RECEIVE}(?:了|到)?$")
_RECEIVED_AFTER = re.compile(rf"(?:的)?{_NOUN}(?:件|事项)?$")
_NOT_ALL = re.compile(
    "网上|网络|线上|线下|信函|邮|当面|现场|窗口|平台|网站|渠道|传真|不予|未|咨询|转办|延期|撤|补正|信访|投诉|重复|举报|其中|逾期|"
    "超期|自然人|个人|企业"
)
_COLUMNS = {
    "自然人": "natural_person",
    "公民": "natural_person",
    "商业企业": "business",
    "科研机构": "research",
    "社会公益组织": "public_welfare",
    "法律服务机构": "legal_service",
}
_APPLICANT = re.compile(
    rf"(?:^|其中|[，、由为])(?:来自)?(?P<who>{'|'.join(_COLUMNS)}|法人(?:[和或及、]其他组织)?)"
    rf"(?:提出|提交|类|的)*(?:{_NOUN}|申请)?{_COUNTED}"
)

# Outcomes, and what is carried over.
_OUTCOMES = {
    "予以公开": "granted",
    "部分公开": "partially_granted",
    "不予公开": "denied",
    "无法提供": "unavailable",
    "不予处理": "not_processed",
    "其他处理": "other",
}
_OUTCOME = "|".join(_OUTCOMES)
_OUTCOME_BEFORE = re.compile(rf"(?<!不)({_OUTCOME})[”\"]?(?:的|答复|决定|类|{_NOUN}|申请|政府信息|信息)*{_COUNTED}")
_OUTCOME_AFTER = re.compile(rf"(?:为|是|属于?|作出|决定|给予|均)?[“\"]?(?<!不)({_OUTCOME})(?!的?[占率或和及])")
_DONE = re.compile(rf"(?:目前|已|均|共|全部|累计|截至年底|年内)*(?:办结|办复|答复)(?:{_NOUN}|申请)?{_COUNTED}")
_OVER = rf"(?:继续|办理|答复|处理|的|{_NOUN}|申请)*{_COUNTED}"
_CARRIED_IN = re.compile(rf"(?:上一?年度?|去年)结转(?:至?本年度?|至?今年|下来|过来)?{_OVER}")
_NEXT = r"(?:结转|转入|转至)(?:至|到|入|为)?(?:下一?年度?|次年|明年|(?P<year>20\d\d)年度?)"
_CARRIED_OUT = re.compile(_NEXT + _OVER)
_CARRIED_OUT_AFTER = re.compile(rf"(?:的)?(?:申请)?(?:已|将|需)?{_NEXT}")

# Table 2.
_NORMATIVE = re.compile(
    r"(?P<verb>制发|制定|制订|出台|印发|废止|现行有效)(?:印发|出台|发布|并公开|的|了)*(?:行政)?规范性文件"
    r"(?:共计?|总数|数量?|为|有)*$"
)
_NORMATIVE_COLUMN = {"废止": "repealed", "现行有效": "in_force"}
_DECISIONS = re.compile(r"(?P<what>行政许可|行政处罚|行政强制)(?:处理)?决定(?:书)?(?:总?数量?|共计?|为)*$")
_DECISION_ROW = {"行政许可": "licensing", "行政处罚": "penalties", "行政强制": "coercion"}
_PUBLISHED = re.compile("公开|公示|发布|公布|上传|推送")
_CHARGED = re.compile(r"行政事业性收费(?:总?金?额|收入|总额|共计?|合计|为|达)*$")

# Table 4.
_SUIT = re.compile(
    r"(?P<what>未经复议直接起诉|复议后起诉|行政复议|行政诉讼)(?:的|案件|案|申请|事项)*(?:共计?|总数|为|有)*$"
)
_SUIT_ROW = {
    "未经复议直接起诉": "direct_litigation",
    "复议后起诉": "litigation_after_reconsideration",
    "行政复议": "reconsideration",
    "复议": "reconsideration",
    "行政诉讼": "litigation",
    "诉讼": "litigation",
    "应诉": "litigation",
}
_SUIT_RESULT = re.compile("(?:结果)?(?:(?P<upheld>维持)|(?P<corrected>纠正)|(?P<pending>尚?未审结))")
_SUIT_ROWS = frozenset(_SUIT_ROW.values())
# A body that hears other people's cases, not one against which they are brought.
_HEARS = re.compile("办理|审理|受理|审结|代理|应诉")

_APPLICATIONS = ("依申请公开", "公开申请", "公开的申请", "申请公开")
_OTHER_MATTERS = (
    *("信访", "12345", "热线", "留言", "提案", "议案", "建议", "诉求", "咨询", "投诉", "举报", "来电", "来信", "信箱"),
    *("工单", "文件", "培训", "会议"),
)
# What a number speaks of: the last of these words before it.
_TOPIC = any_of(sorted((*_APPLICATIONS, *_SUIT_ROW, *_OTHER_MATTERS), key=len, reverse=True))
_RELEVANT = re.compile("申请|复议|诉讼|公开|规范性文件|决定|收费|结转|答复|办结|自然人|维持|纠正")
APPLICATIONS = "applications"


def relevant(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` can speak of any cell at all."""
    return _RELEVANT.search(text, start, end) is not None


def topic_after(text: str, start: int, end: int, topic: str | None) -> str | None:
    """What is spoken of at ``end``: ``APPLICATIONS``, a row of table 4, "" for another matter, ``None`` for unsaid."""
    words = _TOPIC.findall(text, start, end)
    if not words:
        return topic
    return APPLICATIONS if words[-1] in _APPLICATIONS else _SUIT_ROW.get(words[-1], "")


def cell_of(
    mention: Mention, topic: str | None, about_disclosure: Callable[[Mention], bool], year: int | None
) -> str | None:
    """The cell, or sum of cells, that ``mention`` states.

    ``topic``: what ``topic_after`` says at its number. ``about_disclosure``: whether its sentence so far speaks of
    disclosure; few need to know.
    """
    lead = mention.lead.strip('，、和及与（(“”"')
    if mention.unit == "元":
        return "proactive.fees.amount_10k_cny" if _CHARGED.search(lead) else None
    if "规范性文件" in lead:
        return _document(mention, lead)
    if "决定" in lead and (match := _DECISIONS.search(lead)) and not _PUBLISHED.search(lead):
        return f"proactive.{_DECISION_ROW[match['what']]}.decisions"
    if mention.unit not in _CASES:
        return None
    if topic in _SUIT_ROWS or "复议" in lead or "诉讼" in lead:
        return _remedy(mention, lead, topic) if about_disclosure(mention) else None
    if topic == APPLICATIONS and (cell := _handling(mention, lead, year)):
        return cell
    return _received(mention, lead, topic == APPLICATIONS)


def _document(mention: Mention, lead: str) -> str | None:
    match = _NORMATIVE.search(lead)
    if match is None or mention.unit not in "件个份部":
        return None
    return f"proactive.normative_documents.{_NORMATIVE_COLUMN.get(match['verb'], 'made')}"


def _handling(mention: Mention, lead: str, year: int | None) -> str | None:
    """What became of the applications, and who made them."""
    tail = mention.tail
    if "结转" in lead and _CARRIED_IN.search(lead):
        return "applications.carried_in.total"
    if ("转" in lead or "转" in tail) and (out := _CARRIED_OUT.search(lead) or _CARRIED_OUT_AFTER.match(tail)):
        return "applications.carried_out.total" if out["year"] in (None, str((year or 0) + 1)) else None
    whole = mention.part_of
    if whole and whole.cell == "applications.received.total" and (match := _APPLICANT.search(mention.lead)):
        return f"applications.received.{_COLUMNS.get(match['who'], 'legal_entities')}"
    outcome = _OUTCOME_BEFORE.search(lead) or (None if _says_what(lead) else _OUTCOME_AFTER.match(tail))
    if outcome:
        alone = len(re.findall(_OUTCOME, lead)) < 2 and "主动" not in lead
        return f"applications.{_OUTCOMES[outcome[1]]}.total" if alone else None
    if whole is None and ("办" in lead or "答" in lead) and _DONE.fullmatch(lead):
        return "applications.total.total"
    return None


def _says_what(lead: str) -> bool:
    """The words before the number already say what is counted: those behind it belong to the next statement."""
    return not lead.endswith(("其中", "有", "对")) and re.search(r"[^其中已有共、，的]{3,}$", lead) is not None


def _received(mention: Mention, lead: str, known: bool) -> str | None:
    """``known``: applications are what the text speaks of, so that a bare 申请 is one."""
    if mention.part_of is not None or not ("收" in lead or "受" in lead or "接" in lead) or _NOT_ALL.search(lead):
        return None
    match = _RECEIVED.search(lead)
    if match and (match["noun"] or (known and not _OF_ALL_KINDS.search(match[0]))):
        return "applications.received.total"
    if _RECEIVES.search(lead) and _RECEIVED_AFTER.match(mention.tail):
        return "applications.received.total"
    return None


def _remedy(mention: Mention, lead: str, topic: str | None) -> str | None:
    if _HEARS.search(lead):
        return None
    suits = re.findall("复议|诉讼|起诉", lead)
    result = _SUIT_RESULT.search(lead) or _SUIT_RESULT.match(mention.tail.removeprefix("被"))
    if result and topic in _SUIT_ROWS and not suits:
        return f"remedies.{topic}.{result.lastgroup}"
    match = _SUIT.search(lead)
    if match is None or mention.part_of is not None:
        return None
    if match["what"] in ("行政复议", "行政诉讼") and len(suits) > 1:
        return None  # "行政复议、行政诉讼共3件": how many of each is not said
    return f"remedies.{_SUIT_ROW[match['what']]}.total"
