"""Keys that fill in a patient, shared by the flow tests."""

from __future__ import annotations

from flows.steps import Step

NEW = Step(["1"], ["Profile", "Hormone receptors and HER2"])
WORKED_CASE = [
    NEW,
    Step(["1"], ["HR+ HER2-"]),
    Step(["2"], ["Which therapy was line 1?"]),
    Step(["1"], ["Profile > Line 1", "CDK4/6i + AI"]),
    Step(["1", "4", "enter"], ["Why did it end?", "14 months"]),
    Step(["1"], ["Visceral crisis"]),
    Step(["2"], ["ESR1 mutation"]),
    Step(["1"], ["HR+/HER2-, line 2"]),
    Step(["f5"], ["A clinician decides.", "Elacestrant", "APPLIES", "PREFERRED"]),
]
"""HR+ HER2-, 14 months of CDK4/6 inhibitor and AI until progression, no crisis, ESR1 mutated, the rest untested."""

WORKED_PROFILE = {
    "schema": "nextline.profile/1",
    "next_line": 2,
    "disease": {"hr": "positive", "her2": "negative", "visceral_crisis": False},
    "biomarkers": {"ESR1": "positive"},
    "history": [
        {
            "setting": "metastatic",
            "line": 1,
            "drugs": ["CDK4/6 inhibitor", "aromatase inhibitor"],
            "months": 14,
            "ended": "progression",
        }
    ],
}
"""The profile that these keys fill in."""

CONTRADICTION = [NEW, Step(["1"]), Step(["down"] * 10), Step(["3"], ["CONTRADICTION"])]
"""HER2-negative with staining 3+."""
