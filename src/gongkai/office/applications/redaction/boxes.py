"""A box to be blacked out, and the ground on which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# The grounds of 条例 14–16 (spec proactive.md §2) on which a part may be withheld under 条例 37.
GROUNDS = {
    "14.a": "国家秘密（条例第十四条）",
    "14.b": "法律、行政法规禁止公开（条例第十四条）",
    "14.c": "危及国家安全、公共安全、经济安全、社会稳定（条例第十四条）",
    "15": "商业秘密、个人隐私等第三方合法权益（条例第十五条）",
    "16.1": "内部事务信息（条例第十六条第一款）",
    "16.2a": "过程性信息（条例第十六条第二款）",
    "16.2b": "行政执法案卷信息（条例第十六条第二款）",
}


class BoxError(ValueError):
    """A box cannot be used; ``str(error)`` says why in Chinese."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page as it is shown: fractions of its width and height, from the top left corner."""

    page: int  # from 1
    left: float
    top: float
    right: float
    bottom: float
    ground: str

    def __post_init__(self) -> None:
        if not self.ground:
            raise BoxError(f"请选择第{self.page}页这处遮盖的依据（条例 第三十七条）")
        if self.ground not in GROUNDS:
            raise BoxError(f"遮盖须注明依据（{'、'.join(GROUNDS)}），现为“{self.ground}”")
        if not (0 <= self.left < self.right <= 1 and 0 <= self.top < self.bottom <= 1):
            raise BoxError(f"第{self.page}页的遮盖区域不在页面之内")

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Box:
        """From what a page or a file sends. Raises ``BoxError``."""
        try:
            sides = [float(values[side]) for side in ("left", "top", "right", "bottom")]
            return cls(int(values["page"]), *sides, ground=str(values["ground"]))
        except (KeyError, TypeError, ValueError) as error:
            if isinstance(error, BoxError):
                raise
            raise BoxError("遮盖区域不完整：应有页码、四边和依据") from None


def count_by_ground(boxes: Iterable[Box]) -> dict[str, int]:
    """How many boxes on each ground; for the register of partial disclosure."""
    counted = Counter(box.ground for box in boxes)
    return {ground: counted[ground] for ground in GROUNDS if counted[ground]}
