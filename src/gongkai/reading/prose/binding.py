"""Which cell of the form a count speaks of; ``None`` unless the words next to the number leave no doubt.

Besides cells (``applications.received.total``) there are sums of cells: ``applications.received.legal_entities``,
``applications.denied.total`` (a group of rows), ``remedies.litigation.total`` (both kinds of suit).
"""

from __future__ import annotations

import re

from gongkai.reading.prose.mentions import Mention

_CASES = "件宗份例起条次"
_NOUN = r"(?:(?:政府)?信息公开的?申请|依申请公开(?:政府)?(?:信息)?的?(?:申请|件)?|(?:政府)?(?:信息)?公开的?申请|申请公开(?:政府)?信息)"
_COUNTED = r"(?:事项|件|共计?|总计|合计|总?数量?|总量|为|有|了)*"
_RECEIVED = re.compile(rf"(?P<verb>新收到?|收到|受理|接收到?|接到)(?:了|的|各类|各种|公民、?|法人(?:[和或及、]其他组织)?的?)*(?:(?P<noun>{_NOUN})|申请){_COUNTED}$")
_RECEIVED_AFTER = re.compile(rf"(?:的)?{_NOUN}(?:件|事项)?$")
_RECEIVES = re.compile(r"(?:新收到?|收到|受理|接收到?|接到)(?:了|到)?$")
_NOT_ALL = re.compile(
    "网上|网络|线上|线下|信函|邮|当面|现场|窗口|平台|网站|渠道|传真|不予|未|咨询|转办|延期|撤|补正|信访|投诉|重复|举报|其中|逾期|超期|自然人|个人|企业"
)
_COLUMNS = (
    ("legal_entities", re.compile(r"法人(?:[和或及、]其他组织)?")),
    ("natural_person", re.compile("自然人|公民")),
    ("business", re.compile("商业企业")),
    ("research", re.compile("科研机构")),
    ("public_welfare", re.compile("社会公益组织")),
    ("legal_service", re.compile("法律服务机构")),
)
_APPLICANT = re.compile(
    rf"(?:^|其中|[，、由为])(?:来自)?(?P<who>自然人|公民|法人(?:[和或及、]其他组织)?|商业企业|科研机构|社会公益组织|法律服务机构)"
    rf"(?:提出|提交|类|的)*(?:{_NOUN}|申请)?{_COUNTED}$"
)
_OUTCOMES = {
    "予以公开": "granted",
    "部分公开": "partially_granted",
    "不予公开": "denied",
    "无法提供": "unavailable",
    "不予处理": "not_processed",
    "其他处理": "other",
}
_OUTCOME = "|".join(_OUTCOMES)
_OUTCOME_BEFORE = re.compile(rf"(?<!不)({_OUTCOME})[”\"]?(?:的|答复|决定|类|{_NOUN}|申请|政府信息|信息)*{_COUNTED}$")
_OUTCOME_AFTER = re.compile(rf"(?:为|是|属于?|作出|决定|给予|均)?[“\"]?(?<!不)({_OUTCOME})(?!的?[占率或和及])")
_DONE = re.compile(rf"(?:^|[^一-龥])(?:目前|已|均|共|全部|累计|截至年底|年内)*(?:办结|办复|答复)(?:{_NOUN}|申请)?{_COUNTED}$")
_CARRIED_IN = re.compile(rf"(?:上一?年度?|去年)结转(?:的|至?本年度?|至?今年|下来|过来|继续|办理|{_NOUN}|申请)*{_COUNTED}$")
_NEXT = r"(?:下一?年度?|次年|明年|(?P<year>20\d\d)年度?)"
_CARRIED_OUT = re.compile(rf"(?:结转|转入|转至)(?:至|到|入|为)?{_NEXT}(?:继续|办理|答复|处理|的|{_NOUN}|申请)*{_COUNTED}$")
_CARRIED_OUT_AFTER = re.compile(rf"(?:的)?(?:申请)?(?:已|将|需)?(?:结转|转入|转至)(?:至|到|入)?{_NEXT}")
_NORMATIVE = re.compile(
    r"(?P<verb>制发|制定|制订|出台|印发|废止|现行有效)(?:印发|出台|发布|并公开|的|了)*(?:行政)?规范性文件(?:共计?|总数|数量?|为|有)*$"
)
_NORMATIVE_COLUMN = {"废止": "repealed", "现行有效": "in_force"}
_DECISIONS = re.compile(r"(?P<what>行政许可|行政处罚|行政强制)(?:处理)?(?:决定)(?:书)?(?:总?数量?|共计?|为)*$")
_DECISION_ROW = {"行政许可": "licensing", "行政处罚": "penalties", "行政强制": "coercion"}
_PUBLISHED = re.compile("公开|公示|发布|公布|上传|推送")
_CHARGED = re.compile(r"行政事业性收费(?:总?金?额|收入|总额|共计?|合计|为|达)*$")
_SUIT = re.compile(
    r"(?:(?P<direct>未经复议直接起诉)|(?P<after>复议后起诉)|(?P<rec>行政复议)|(?P<lit>行政诉讼))(?:的|案件|案|申请|事项)*(?:共计?|总数|为|有)*$"
)
_SUIT_ROW = {"direct": "direct_litigation", "after": "litigation_after_reconsideration", "rec": "reconsideration", "lit": "litigation"}
_SUIT_RESULT = re.compile("(?:结果)?(?:(?P<upheld>维持)|(?P<corrected>纠正)|(?P<pending>尚?未审结))")
# A body that hears other people's cases, not one against which they are brought.
_HEARS = re.compile("办理|审理|受理|审结|代理|应诉")
TOPIC = re.compile(
    rf"(?P<applications>{_NOUN}|依申请公开)|(?P<direct>未经复议直接起诉)|(?P<after>复议后起诉)|(?P<rec>复议)|(?P<lit>诉讼|应诉)|(?P<other>信访|12345|热线|留言|提案|议案|建议|诉求|"
    r"咨询|投诉|举报|来电|来信|信箱|工单|文件|培训|会议)"
)
_RELEVANT = re.compile("申请|复议|诉讼|公开|规范性文件|决定|收费|结转|答复|办结|自然人|维持|纠正")


def relevant(sentence: str) -> bool:
    """Whether a sentence can speak of any cell at all."""
    return _RELEVANT.search(sentence) is not None


def cell_of(mention: Mention, topic: str | None, about_disclosure: bool, received: bool, year: int | None) -> str | None:
    """The cell, or sum of cells, that ``mention`` states.

    ``topic``: the last thing spoken of before the number (a group name of ``TOPIC``). ``about_disclosure``: the
    sentence so far speaks of disclosure. ``received``: the mention divides a number of applications received.
    """
    lead = mention.lead.strip("，、和及与（(“”\"")
    if mention.unit == "元":
        return "proactive.fees.amount_10k_cny" if _CHARGED.search(lead) else None
    if match := _NORMATIVE.search(lead):
        return f"proactive.normative_documents.{_NORMATIVE_COLUMN.get(match['verb'], 'made')}" if mention.unit in "件个份部" else None
    if (match := _DECISIONS.search(lead)) and not _PUBLISHED.search(lead):
        return f"proactive.{_DECISION_ROW[match['what']]}.decisions"
    if mention.unit not in _CASES:
        return None
    if topic in _SUIT_ROW or _SUIT.search(lead):
        return _remedy(mention, lead, topic) if about_disclosure else None
    return _application(mention, lead, topic == "applications", received, year)


def _application(mention: Mention, lead: str, known: bool, received: bool, year: int | None) -> str | None:
    """``known``: the topic is applications. Order: the most particular words first."""
    tail = mention.tail
    if known and _CARRIED_IN.search(lead):
        return "applications.carried_in.total"
    out = _CARRIED_OUT.search(lead) or _CARRIED_OUT_AFTER.match(tail)
    if out and known:
        return "applications.carried_out.total" if out["year"] in (None, str((year or 0) + 1)) else None
    if received and known and (match := _APPLICANT.search(mention.lead)):
        column = next(name for name, pattern in _COLUMNS if pattern.fullmatch(match["who"]))
        return f"applications.received.{column}"
    if known and (match := _OUTCOME_BEFORE.search(lead) or (_OUTCOME_AFTER.match(tail) if not _said(lead) else None)):
        row = _OUTCOMES[match[1]]
        return f"applications.{row}.total" if len(re.findall(_OUTCOME, lead)) < 2 and "主动" not in lead else None
    if mention.part_of is None and not _NOT_ALL.search(lead):
        if (match := _RECEIVED.search(lead)) and (known or match["noun"]):
            return "applications.received.total"
        if _RECEIVES.search(lead) and _RECEIVED_AFTER.match(tail):
            return "applications.received.total"
        if known and _DONE.search(lead):
            return "applications.total.total"
    return None


def _said(lead: str) -> bool:
    """The words before the number already say what is counted: those behind it belong to the next statement."""
    return bool(re.search(r"[^其中已有共、，的]{3,}$", lead)) and not lead.endswith(("其中", "有", "对"))


def _remedy(mention: Mention, lead: str, topic: str | None) -> str | None:
    if _HEARS.search(lead):
        return None
    result = _SUIT_RESULT.search(lead) or _SUIT_RESULT.match(mention.tail.removeprefix("被"))
    suits = re.findall("复议|诉讼|起诉", lead)
    if result and result.lastgroup and topic in _SUIT_ROW and not suits:
        return f"remedies.{_SUIT_ROW[topic]}.{result.lastgroup}"
    match = _SUIT.search(lead)
    if match is None or match.lastgroup is None or mention.part_of is not None:
        return None
    if match.lastgroup in ("rec", "lit") and len(suits) > 1:
        return None  # "行政复议、行政诉讼共3件": which is which is not said
    return f"remedies.{_SUIT_ROW[match.lastgroup]}.total"
