"""Writes ``INDICATIONS.md``: which indications for metastatic breast cancer the program yields, and where it does not.

Run it as ``PYTHONPATH=tests python -m clinical.write_indications STORE`` where the data set is at hand. Only agency,
date and drug names are written; the texts of the indications stay where they are.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from clinical.coverage import BANDS, Ask, Covered, cover, remembering
from clinical.indications import Indication, count, metastatic, regimens
from nextline_core.catalogue import Catalogue
from nextline_device.engine import start

_WHY = {"bevacizumab": "the US indication was revoked, and only the rules for triple-negative disease still list it"}
TARGET = Path(__file__).resolve().parent / "INDICATIONS.md"
_HEAD = """# Regulatory indications and the options that answer them

Written by `write_indications.py` from a public data set of regulatory indications (GPL; read and not copied: agency,
date and drug names stand here, no text). For each regimen: the best band in which a profile that the indication
describes gets it, by subtype, and the subtypes that its words allow where no profile does. Gone with the marker: with
each biomarker of the indication known absent the option is gone, or stands by another rule.

| agency | date | regimen | yielded as | not yielded in | gone with the marker |
|---|---|---|---|---|---|
"""


def rows(ask: Ask, names: Catalogue) -> Iterator[tuple[str, Covered]]:
    """One row of the table for every regimen of every indication."""
    for indication in metastatic():
        for regimen in regimens(indication, names):
            drugs = " + ".join(sorted(names.names[r.drug or r.drug_class or ""] for r in regimen))
            covered = cover(indication, regimen, ask, names)
            yield _row(indication, drugs, covered), covered


def _row(indication: Indication, drugs: str, covered: Covered) -> str:
    best = {subtype: next(band for band in BANDS if band in found) for subtype, found in sorted(covered.bands.items())}
    bands = "; ".join(f"{subtype}: {band}" for subtype, band in best.items())
    why = next((text for drug, text in _WHY.items() if drug in drugs), "why is not known") if covered.without else ""
    without = f"{', '.join(sorted(covered.without))}: {why}" if why else "-"
    gone = "; ".join(sorted(set(covered.stays))) or ("yes" if covered.absent else "nothing to take away")
    cells = (indication.agency, indication.date or "-", drugs, bands or "**nowhere**", without, gone)
    return f"| {' | '.join(cells)} |\n"


def text(ask: Ask, names: Catalogue) -> str:
    """The whole table, with what is not covered in sum."""
    found = list(rows(ask, names))
    nowhere = sum(covered.best is None for _, covered in found)
    partly = sum(bool(covered.bands and covered.without) for _, covered in found)
    trial = sum(covered.best == "investigational" for _, covered in found)
    kept, all_of_them = len(metastatic()), count()
    sums = (
        f"{len(found)} regimens of {kept} indications.",
        f"Yielded nowhere: {nowhere}.",
        f"In some but not all subtypes that the words allow: {partly}.",
        f"Only as `investigational`, since the US indication was withdrawn: {trial}.",
        f"Left out: {all_of_them - kept} of {all_of_them} indications, for early disease or for another cancer.",
    )
    return f"{_HEAD}{''.join(row for row, _ in found)}\n{' '.join(sums)}\n"


if __name__ == "__main__":
    engine = start(Path(sys.argv[1]))
    TARGET.write_text(text(remembering(engine.ask), engine.book.catalogue), encoding="utf-8")
