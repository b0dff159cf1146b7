"""Writes ``INDICATIONS.md``: which indications for metastatic breast cancer the program yields, and where it does not.

Run it as ``PYTHONPATH=tests python -m clinical.write_indications STORE`` where the data set is at hand. Only agency, date and
drug names are written; the texts of the indications stay where they are.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from clinical.coverage import Covered, cover, remembering
from clinical.indications import Indication, metastatic, regimens
from nextline_device.engine import Engine, start

TARGET = Path(__file__).resolve().parent / "INDICATIONS.md"
_HEAD = """# Regulatory indications and the options that answer them

Written by `write_indications.py` from a public data set of regulatory indications (GPL; read and not copied: agency,
date and drug names stand here, no text). For each regimen: the bands in which a profile that the indication describes
gets it, by subtype, and the subtypes that its words allow where no profile does. Gone with the marker: with each
biomarker of the indication known absent the option is gone, or stands by another rule.

| agency | date | regimen | yielded as | not yielded in | gone with the marker |
|---|---|---|---|---|---|
"""


def rows(engine: Engine) -> Iterator[tuple[str, Covered]]:
    """One row of the table for every regimen of every indication."""
    ask, names = remembering(engine.ask), engine.book.catalogue
    for indication in metastatic():
        for regimen in regimens(indication, names):
            drugs = " + ".join(sorted(names.names[r.drug or r.drug_class or ""] for r in regimen))
            covered = cover(indication, regimen, ask, names)
            yield _row(indication, drugs, covered), covered


def _row(indication: Indication, drugs: str, covered: Covered) -> str:
    bands = "; ".join(f"{subtype}: {', '.join(sorted(bands))}" for subtype, bands in sorted(covered.bands.items()))
    without = ", ".join(sorted(covered.without))
    gone = (
        "yes"
        if covered.absent and not covered.stays
        else "; ".join(sorted(set(covered.stays))) or "nothing to take away"
    )
    cells = (indication.agency, indication.date or "-", drugs, bands or "**nowhere**", without or "-", gone)
    return f"| {' | '.join(cells)} |\n"


def text(engine: Engine) -> str:
    """The whole table, with what is not covered in sum."""
    found = list(rows(engine))
    nowhere = sum(covered.best is None for _, covered in found)
    partly = sum(bool(covered.bands and covered.without) for _, covered in found)
    trial = sum(covered.best == "investigational" for _, covered in found)
    return (
        f"{_HEAD}{''.join(row for row, _ in found)}\n{len(found)} regimens of {len(metastatic())} indications. "
        f"Yielded nowhere: {nowhere}. In some but not all subtypes that the words allow: {partly}. "
        f"Only as `investigational`, since there is no US approval: {trial}.\n"
    )


if __name__ == "__main__":
    TARGET.write_text(text(start(Path(sys.argv[1]))), encoding="utf-8")
