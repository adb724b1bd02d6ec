"""Reading and checking against the bare cost of the format: a third of pandas, 5× selectolax, 3× unzip, 3× pdfium.

Prints, in one run, milliseconds a document and the ratio to each yardstick. The PDFs are the two real ones beside the
repository where they are there, else reports rendered by this project.
"""

from __future__ import annotations

import io
import zipfile

import documents
import pandas
import pypdfium2
from lxml import etree
from measure import rounds, show
from reading.layouts import LAYOUTS
from selectolax.lexbor import LexborHTMLParser

from gongkai import checks, reading
from gongkai.reading.html import grids, known_tables
from gongkai.reading.html.runs import known_runs
from gongkai.reading.html.tags import meaning
from gongkai.reading.tables import familiar
from gongkai.rendering import render

OURS = "gongkai: read and check"


def read_and_check(source: bytes | str) -> object:
    return checks.run(reading.open(source))


def of_a_stranger(source: str) -> object:
    """The first page of a site and the first table of its make: nothing that was remembered helps."""
    known_runs().clear()
    grids.forget()
    known_tables.forget()
    for remembered in (meaning, familiar.make_of):
        remembered.cache_clear()
    return read_and_check(source)


def html() -> None:
    for title, page, most, yardstick in (
        ("HTML, a county's site (65 kB)", documents.site_page, 1 / 3, "pandas.read_html"),
        ("HTML, pasted from Word (115 kB)", documents.word_page, 5, "selectolax: bare parse"),
    ):
        pages = [page(seed) for seed in range(30)]
        figures = rounds(
            {
                OURS: read_and_check,
                "gongkai: on a site never seen": of_a_stranger,
                "selectolax: bare parse": LexborHTMLParser,
                "pandas.read_html": lambda text: pandas.read_html(io.StringIO(text)),
            },
            pages,
        )
        show(title, figures, OURS, yardstick, most)


def wild() -> None:
    """The layouts met in the wild, one by one and all together: what pandas takes for them differs sixfold."""
    total = dict.fromkeys(("ours", "pandas"), 0.0)
    print("\nHTML, layouts met in the wild")
    for name in ("html_spans", "word_pasted", "html_in_layout_tables", "html_unclosed", "html_table_a_row"):
        pages = [documents.on_a_site(LAYOUTS[name](documents.figures(seed)), seed) for seed in range(12)]
        tools = {"ours": read_and_check, "pandas": lambda text: pandas.read_html(io.StringIO(text))}
        figures = rounds(tools, pages, times=4)
        total = {tool: total[tool] + figures[tool] for tool in total}
        ours, theirs = figures["ours"], figures["pandas"]
        print(f"  {name:<26}{ours:8.2f} ms   pandas {theirs:8.2f} ms   {ours / theirs:5.2f}")
    ratio = total["ours"] / total["pandas"]
    print(f"  all together: gongkai / pandas.read_html = {ratio:.2f} (at most 0.33)")


def unzip_and_parse(data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [etree.fromstring(archive.read(n)) for n in archive.namelist() if n.endswith((".xml", ".rels"))]


def docx() -> None:
    reports = [reading.open(documents.site_page(seed)) for seed in range(12)]
    files = [render(report, "docx") for report in reports]
    yardstick = "zipfile + lxml: every part"
    show("DOCX", rounds({OURS: read_and_check, yardstick: unzip_and_parse}, files), OURS, yardstick, 3)


def extract_text(data: bytes) -> object:
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def pdf() -> None:
    real = sorted((documents.ROOT.parent / "shared" / "reports").glob("*.pdf"))
    files = [path.read_bytes() for path in real]
    files = files or [render(reading.open(documents.site_page(seed)), "pdf") for seed in range(3)]
    yardstick = "pypdfium2: text of every page"
    show("PDF", rounds({OURS: read_and_check, yardstick: extract_text}, files), OURS, yardstick, 3)


if __name__ == "__main__":
    html()
    wild()
    docx()
    pdf()
