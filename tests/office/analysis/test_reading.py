"""Uploads are read as the core reads them, and compared with what belongs to them."""

from __future__ import annotations

from office.analysis.uploads import hand_in_and_read
from shared_files import ROOT

from gongkai import checks, reading
from gongkai.cli.work import ordered
from gongkai.office.acts.models import Act
from gongkai.office.analysis.apart.reader import Apart
from gongkai.office.analysis.models import State
from gongkai.office.bodies.models import Person
from gongkai.report import to_json

SAMPLES = sorted(path for path in (ROOT / "samples").glob("20*/*"))


def test_every_sample_gives_the_report_and_findings_of_the_command_line(clerk: Person, apart: Apart) -> None:
    batch = hand_in_and_read(clerk, apart, *((path.name, path.read_bytes()) for path in SAMPLES))
    documents = list(batch.documents.select_related("reading"))
    assert [(document.state, document.reason) for document in documents] == [(State.READ, "")] * len(SAMPLES)
    for path, document in zip(SAMPLES, documents, strict=True):
        report = reading.open(path)
        assert document.reading.report == to_json(report), path.name
        if document.previous is None:
            expected = [finding.to_json() for finding in ordered(checks.run(report))]
            assert document.reading.findings == expected, path.name
            assert document.errors == sum(f["severity"] == "error" and f["verdict"] == "fails" for f in expected)
    act = Act.objects.get(verb="analysis.finish")
    assert (act.actor_name, act.detail) == ("系统", {"read": len(SAMPLES), "failed": 0})
