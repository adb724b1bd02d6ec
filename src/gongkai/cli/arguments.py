"""What is typed, made plain for the parser: ``--parts A B C`` and ``--only X Y`` take every word that belongs to them.

The parser gives an option one value only; a shell that expands ``--parts streets/*.html`` gives it many.
"""

from __future__ import annotations

from gongkai.cli.names import known

# A path may stand behind a list of check names, so those take only words that are names of checks.
_TAKES_PATHS = ("--parts", "--required")
_TAKES_NAMES = ("--only", "--skip")


def spread(arguments: list[str]) -> list[str]:
    """``arguments`` with the option repeated before each further value: ``--parts A B`` → ``--parts A --parts B``."""
    out: list[str] = []
    option, values = "", 0
    for position, word in enumerate(arguments):
        if word == "--":
            return out + arguments[position:]
        if word.startswith("-") and word != "-":
            option, values = (word if word in _TAKES_PATHS + _TAKES_NAMES else ""), 0
        elif option:
            if values and (option in _TAKES_PATHS or known(word)):
                out.append(option)
            elif values:
                option = ""
            values += 1
        out.append(word)
    return out
