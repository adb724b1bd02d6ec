"""Bounds that keep a hostile or broken file from taking the machine: each reader holds itself to these."""

MAX_BYTES = 50 * 1024 * 1024  # a file larger than this is refused before it is parsed
MAX_UNZIPPED = 64 * 1024 * 1024  # the parts of a zip container that are read, together
MAX_TEXT = 5_000_000  # characters of text taken from one document
MAX_LINES = 200_000  # lines of one text
MAX_CELLS = 200_000  # cells of all grids of one document
MAX_SPAN = 100  # a rowspan or colspan beyond this counts as this
MAX_PAGES = 300  # pages of a PDF
