"""Whether the words around a figure speak of the body that reports, in its year.

全县 is the county's own scope and another's for a bureau; 本局 is a bureau's own and only a part of a county.
"""

from __future__ import annotations

import re

from gongkai.report import Report
from gongkai.report.model import Claim

_AREA = {
    "county_government": re.compile("[全我本][县区市旗]"),
    "township": re.compile("[全我本][镇乡]|[镇乡](?:人民)?政府"),
    "subdistrict": re.compile("[全我本]街道"),
    "government_office": re.compile("(?:[县区市旗](?:人民)?)?政府办"),
}
_ITSELF = re.compile("[我本](?:局|办|委|院|会|馆|队|站|所|厅|级|单位|中心|机关|部门)")


def is_own(claim: Claim, report: Report) -> bool:
    """``True`` when the claim speaks of the reporting body as a whole; in doubt ``False``.

    The report of a county sums its departments, so its 本级 and a department it names are parts of it.
    """
    scope, kind = claim.scope, report.kind or ""
    if scope is None:
        return True
    if kind in _AREA and _AREA[kind].fullmatch(scope):
        return True
    if kind == "county_government":
        return False
    return _ITSELF.fullmatch(scope) is not None or (len(scope) > 3 and (report.agency or "").endswith(scope))
