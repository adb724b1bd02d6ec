"""What was typed into a form that failed, so that it can be sent again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from gongkai.office.config.errors.labels import label
from gongkai.office.config.errors.sensitive import is_left_out, is_secret, without_numbers

_NOT_TYPED = ("csrfmiddlewaretoken",)
_MACHINERY = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
_LINE = 60  # signs; a longer text gets a box of several lines


@dataclass(frozen=True)
class Field:
    """One field to look at, complete and send again. ``left_out``: its content is not here and must be typed anew."""

    name: str
    label: str
    text: str = ""
    left_out: bool = False

    @property
    def secret(self) -> bool:
        return is_secret(self.name)

    @property
    def long(self) -> bool:
        return len(self.text) > _LINE or "\n" in self.text


@dataclass
class Typed:
    """All of one form. ``hidden``: what the form needs and nobody typed."""

    again: str
    fields: list[Field] = field(default_factory=list)
    hidden: list[tuple[str, str]] = field(default_factory=list)
    files: list[Field] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.fields or self.files)

    @property
    def left_out(self) -> bool:
        return any(field.left_out for field in self.fields)

    @property
    def copy(self) -> str:
        """Everything as text, for the clipboard."""
        return "\n".join(f"{field.label}：{field.text}" for field in self.fields if field.text)


def typed(request: HttpRequest) -> Typed | None:
    """What ``request`` brought; ``None`` when it was no form, or its body cannot be read any more."""
    if request.method != "POST":
        return None
    try:
        data: Any = request.POST
        files = request.FILES
    except Exception:  # the body was too large, broken off or read before: there is nothing to give back
        return None
    out = Typed(again=request.get_full_path())
    for name, values in data.lists():
        if name in _NOT_TYPED:
            continue
        for text in values:
            _place(out, name, text, label(request, name))
    out.files = [
        Field(name, label(request, name), "、".join(file.name or "" for file in files.getlist(name))) for name in files
    ]
    return out or None


def _place(out: Typed, name: str, text: str, words: str) -> None:
    if name.rsplit("-", 1)[-1] in _MACHINERY:
        out.hidden.append((name, text))
    elif is_left_out(name):
        out.fields.append(Field(name, words, left_out=True))
    elif text.strip():
        shown = without_numbers(text)
        out.fields.append(Field(name, words, shown, left_out=shown != text))
    else:
        out.hidden.append((name, text))
