"""Boxes as rows of numbers: what the mouse draws and what the keyboard types are the same."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from gongkai.office.applications.redaction.boxes import GROUNDS, Box, BoxError

SIDES = ("left", "top", "right", "bottom")
NAMES = ("page", *SIDES, "ground")


def typed_rows(data: QueryDict) -> list[dict[str, str]]:
    """As they were typed: per cent of the page; rows of which only the ground is chosen are left out."""
    columns = [data.getlist(name) for name in NAMES]
    rows = [dict(zip(NAMES, values, strict=True)) for values in zip(*columns, strict=False)]
    return [row for row in rows if any(row[side].strip() for side in SIDES)]


def boxes_of(rows: list[dict[str, str]], pages: int) -> list[Box]:
    """Raises ``ValidationError`` with a sentence for each row that is none."""
    found, errors = [], []
    for number, row in enumerate(rows, 1):
        try:
            values: dict[str, Any] = {side: float(row[side]) / 100 for side in SIDES}
            box = Box.of({**values, "page": row["page"], "ground": row["ground"]})
            if not 1 <= box.page <= pages:
                raise BoxError(f"文件共{pages}页，没有第{box.page}页")
            found.append(box)
        except BoxError as error:
            errors.append(f"第{number}行：{error}")
        except ValueError:
            errors.append(f"第{number}行：四边应为0至100之间的数字（页面宽、高的百分比）")
    if errors:
        raise ValidationError(errors)
    return found


def rows_of(boxes: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Kept boxes as they are shown."""
    return [
        {"page": str(box["page"]), "ground": box["ground"], **{side: f"{box[side] * 100:.2f}" for side in SIDES}}
        for box in boxes
    ]


# None is chosen beforehand: grounds are counted in the register, and one that nobody chose would be counted too.
GROUND_CHOICES = [("", "（请选择依据）"), *GROUNDS.items()]
