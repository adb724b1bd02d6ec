"""The control characters that stand for the structure of a page in its text.

A page that holds one of them itself has a blank there instead (``source.encoded``).
"""

BREAK = "\x1d"  # a block element begins or ends
TABLE, TABLE_END = "\x02", "\x03"
ROW, CELL = "\x1e", "\x1f"
SPAN = "\x1c"  # around "rowspan,colspan" at the beginning of a cell
TAB, BLANK = "\x05", "\x06"  # white space that is kept (preformatted text)
DROP, DROP_END = "\x0e", "\x0f"  # around what may not belong to the text (``chrome``)
NUMBER = "\x10"  # a number, in a table of which all others are alike (``grids``)
KNOWN, KNOWN_END = "\x11", "\x12"  # around what stands for a table of a known make (``known_tables``)
MARKS = TABLE + TABLE_END + TAB + BLANK + DROP + DROP_END + NUMBER + KNOWN + KNOWN_END + SPAN + BREAK + ROW + CELL

EDGES = " \u3000" + BREAK  # what is no part of a line or cell at its ends
