"""Fixtures that many tests share: the store built once from the real curated files, and a small catalogue of names."""

from __future__ import annotations

from pathlib import Path

import pytest

from nextline_core import catalogue
from nextline_db import build
from nextline_device.engine import Engine, start

ROOT = Path(__file__).resolve().parent.parent


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
