"""Every interaction of the export, one by one, on patients to whom the drug would be offered without it."""

from __future__ import annotations

import re

import pytest

from clinical.contraindications import MEMBERS
from clinical.test_contraindications import OFFERED, setting
from nextline_core import detail
from nextline_core.answer import situation
from nextline_core.assess import known_major

# the record's own words: the two are not taken together
AVOID = re.compile(r"\b(avoid|do not|not recommended|pick another)\b", re.IGNORECASE)
# records that avoid one member of the class they speak of, and lower the dose for the others
AVOID_ONE_MEMBER = {"abemaciclib.interaction.strong-cyp3a-inhibitor.ds"}
# classes of which the collection names no member, with one that everybody knows
BY_NAME = {
    "ppi": "omeprazole",
    "h2_antagonist": "famotidine",
    "estrogen": "estradiol",
    "anticoagulant": "enoxaparin",
    "ace_inhibitor": "lisinopril",
    "transporter_inhibitor": "ciclosporin",
}
# classes whose members no rule can recognise yet: the collection names none
WITHOUT_MEMBERS = {
    "aminoglycoside", "antacid", "anthracycline", "anti_her2_antibody", "aromatase_inhibitor", "bcrp_inhibitor",
    "calcium_lowering", "cyp3a_inducer_any", "cyp3a_substrate_narrow", "cytotoxic", "moderate_cyp2c8_inducer",
    "moderate_pgp_inhibitor", "myelosuppressive", "nephrotoxic", "pgp_substrate_narrow", "ugt1a1_inducer",
    "ugt1a1_inhibitor",
}  # fmt: skip
# what a regimen itself holds, or what is given beside none of them
NO_OTHER_MEDICINE = {"prolia", "cyclophosphamide", "paclitaxel", "doxorubicin"}


def medicines(when, classes):
    """Names of medicines of which each alone meets the condition."""
    if "any" in when:
        for part in when["any"]:
            yield from medicines(part, classes)
    elif when.get("fact") == "patient.medications":
        yield when["value"]
    elif when.get("fact") == "medication_classes":
        members = sorted(classes.get(when["value"], ())) or [BY_NAME.get(when["value"])]
        assert members[0] or when["value"] in WITHOUT_MEMBERS, when["value"]
        yield from members[:1] if members[0] else ()


@pytest.fixture(scope="module")
def before(engine):
    """The order of each patient without other medicines."""
    plain = [setting(base, {"patient.medications": []}) for base in OFFERED]
    return [(profile, situation(profile, engine.book).order) for profile in plain]


@pytest.fixture(scope="module")
def met(engine, exported, before):
    """For each interaction record and medicine: the options with the drug, as they stood and as they stand then."""
    classes = engine.book.catalogue.medication_classes
    later = {}
    rows = []
    for record in exported["safety"]:
        if not record["when"] or record["kind"] == "monitoring":
            continue
        for medicine in medicines(record["when"], classes):
            if medicine in NO_OTHER_MEDICINE:
                continue
            if medicine not in later:
                asked = [setting(profile, {"patient.medications": [medicine]}) for profile, _ in before]
                later[medicine] = [situation(profile, engine.book).order for profile in asked]
            for (_, order), then in zip(before, later[medicine], strict=True):
                rows += [
                    (record, medicine, order, then, option)
                    for option, stands in order.standings.items()
                    if any(record["drug"] in MEMBERS.get(drug, (drug,)) for drug in stands.drugs)
                ]
    return rows


def test_what_a_record_avoids_together_is_not_preferred_and_says_so(engine, met):
    wrong = set()
    for record, medicine, order, then, option in met:
        together = record["kind"] in ("avoid", "contraindicated", "do_not_start") or AVOID.search(record["text"])
        if together and record["id"] not in AVOID_ONE_MEMBER:
            stands = then.standings.get(option)
            more = stands and known_major(engine.book, stands) - known_major(engine.book, order.standings[option])
            if stands and (stands.band == "preferred" or not more):
                wrong.add(f"{option} in {stands.band} with {medicine}, against {record['id']}")
    assert sorted(wrong) == []


def test_every_other_interaction_is_a_caution(engine, met):
    silent = set()
    for record, medicine, order, then, option in met:
        stands = then.standings.get(option)
        if stands is None:
            continue
        told = {c.text for c in detail.cautions(engine.book, then.matched, stands)}
        if told <= {c.text for c in detail.cautions(engine.book, order.matched, order.standings[option])}:
            silent.add(f"{option} with {medicine} is silent on {record['id']}")
    assert sorted(silent) == []


def test_ketoconazole_takes_abemaciclib_out_of_preferred_and_clarithromycin_does_not(engine):
    def abemaciclib(medicine):
        first_line = {"schema": "nextline.profile/1", "disease": {"er": "positive", "her2": "zero"}, "history": []}
        answer = engine.ask({**first_line, "patient": {"menopausal": "post", "medications": [medicine]}})
        return next(option for option in answer["options"] if option["id"] == "abemaciclib_ai")

    worse, lower = abemaciclib("ketoconazole"), abemaciclib("clarithromycin")
    assert (worse["band"], lower["band"]) == ("consider", "preferred")
    (said,) = [c for c in worse["cautions"] if c["code"] == "interaction_cyp3a"]
    assert (said["severity"], "abemaciclib.avoid.ketoconazole.ds" in said["bases"]) == ("major", True)
    (said,) = [c for c in lower["cautions"] if c["code"] == "interaction_cyp3a"]
    assert (said["severity"], "dose is lower" in said["text"]) == ("monitor", True)
