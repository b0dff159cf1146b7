"""Fixtures that many tests share: the curated files read once, the store built from them, a small catalogue of names.

Some tests compare with data that are no part of the project. ``NEXTLINE_OUTSIDE`` names the folder that holds them;
without it those tests are skipped.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nextline_core import catalogue
from nextline_db import build
from nextline_db.load import load
from nextline_device.engine import Engine, start

ROOT = Path(__file__).resolve().parent.parent


def outside(*steps: str) -> Path:
    """A path below the folder of what is no part of the project; one that does not exist where none is named."""
    return Path(os.environ.get("NEXTLINE_OUTSIDE") or os.devnull, *steps)


@pytest.fixture(scope="session")
def corpus():
    """All curated records, as they stand in ``db/``; only to be read."""
    return load(ROOT / "db")


@pytest.fixture(scope="session")
def store_path(tmp_path_factory):
    """The evidence store, built from ``db/``."""
    path = tmp_path_factory.mktemp("store") / "evidence.sqlite"
    build.build(ROOT / "db", path)
    return path


@pytest.fixture(scope="session")
def engine(store_path) -> Engine:
    """An engine over the real store."""
    return start(store_path)


@pytest.fixture(scope="session")
def names():
    """A catalogue small enough to read here."""
    classes = [
        {"id": "endocrine_therapy", "name": "endocrine therapy", "synonyms": ["ET"]},
        {
            "id": "aromatase_inhibitor",
            "name": "aromatase inhibitor",
            "synonyms": ["AI"],
            "broader": ["endocrine_therapy"],
        },
        {"id": "cdk46_inhibitor", "name": "CDK4/6 inhibitor"},
        {"id": "chemotherapy", "name": "chemotherapy"},
        {"id": "taxane", "name": "taxane", "broader": ["chemotherapy"]},
        {"id": "her2_targeted", "name": "HER2-targeted therapy"},
        {"id": "immunotherapy", "name": "immune checkpoint inhibitor"},
    ]
    drugs = [
        {"id": "letrozole", "name": "letrozole", "brands": ["Femara"], "classes": ["aromatase_inhibitor"]},
        {"id": "exemestane", "name": "exemestane", "classes": ["aromatase_inhibitor"]},
        {"id": "tamoxifen", "name": "tamoxifen", "classes": ["endocrine_therapy"]},
        {"id": "fulvestrant", "name": "fulvestrant", "classes": ["endocrine_therapy"]},
        {"id": "palbociclib", "name": "palbociclib", "classes": ["cdk46_inhibitor"]},
        {"id": "ribociclib", "name": "ribociclib", "classes": ["cdk46_inhibitor"]},
        {"id": "paclitaxel", "name": "paclitaxel", "classes": ["taxane"]},
        {"id": "nab_paclitaxel", "name": "nab-paclitaxel", "synonyms": ["Abraxane"], "classes": ["taxane"]},
        {"id": "capecitabine", "name": "capecitabine", "classes": ["chemotherapy"]},
        {"id": "trastuzumab", "name": "trastuzumab", "classes": ["her2_targeted"]},
        {"id": "trastuzumab_deruxtecan", "name": "trastuzumab deruxtecan", "classes": ["her2_targeted"]},
        {"id": "pembrolizumab", "name": "pembrolizumab", "classes": ["immunotherapy"]},
    ]
    regimens = {"TH": ["taxane", "trastuzumab"], "Duo": ["letrozole", "ribociclib"]}
    return catalogue.build(drugs, classes, {"strong_cyp3a_inhibitor": ["clarithromycin"]}, regimens)
