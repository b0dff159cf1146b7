"""What a history means: drugs and classes given, failed or harmful; counts, durations, resistance, relapse."""

from dataclasses import replace

import pytest

from nextline_core.catalogue import Harm
from nextline_core.facts import count_lines, derive
from nextline_core.values import Between, OneOf

NEVER = float("inf")


@pytest.fixture
def facts(names):
    def derived(history, **more):
        profile = {"history": history, **more}
        return derive(profile, names, count_lines(profile))

    return derived


def entry(*drugs, setting="metastatic", ended="progression", months=12, since=0, **more):
    return {
        "setting": setting,
        "drugs": list(drugs),
        "ended": ended,
        "months": months,
        "months_since_end": since,
        **more,
    }


def test_a_class_leaves_its_members_unknown(facts):
    prior = facts([entry("aromatase inhibitor", "CDK4/6 inhibitor")])
    assert prior["prior.classes"].has("endocrine_therapy") is True
    assert prior["prior.drugs"].has("letrozole") is None
    assert prior["prior.drugs"].has("paclitaxel") is False
    assert prior["prior.classes"].has("chemotherapy") is False


def test_brands_and_synonyms_are_understood(facts):
    assert facts([entry("Femara", "abraxane")])["prior.drugs"].present == {"letrozole", "nab_paclitaxel"}


def test_a_regimen_is_all_its_drugs_and_a_class_in_it_leaves_its_members_unknown(facts):
    prior = facts([entry("TH"), entry("duo")])
    assert prior["prior.drugs"].present == {"trastuzumab", "letrozole", "ribociclib"}
    assert prior["prior.classes"].has("taxane") is True
    assert prior["prior.drugs"].has("paclitaxel") is None
    assert prior["prior.drugs"].has("capecitabine") is False
    assert prior["unnamed_drug"] is False


def test_harm_on_a_combination_under_one_name_is_not_surely_that_of_one_drug(facts):
    harmed = facts([entry("Duo", ended="toxicity")])["stopped_for_toxicity.drugs"]
    assert harmed.has("letrozole") is None
    assert facts([entry("letrozole", ended="toxicity")])["stopped_for_toxicity.drugs"].has("letrozole") is True


def test_a_severe_reaction_to_a_combination_counts_for_all_of_it(facts):
    assert facts([], patient={"allergies": ["Duo"]})["patient.allergies"].present == {"letrozole", "ribociclib"}


def test_a_drug_nobody_knows_makes_every_class_unknown_never_false(facts):
    prior = facts([entry("letrozole"), entry("miraculumab")])
    assert prior["unnamed_drug"] is True
    assert prior["prior.classes"].has("cdk46_inhibitor") is None
    assert prior["prior.classes"].has("aromatase_inhibitor") is True
    assert prior["chemotherapy_lines"] == Between(0, 1)


def test_an_unknown_history_is_unknown_and_an_empty_one_is_none(facts, names):
    unknown = derive({}, names, count_lines({}))
    assert "prior.classes" not in unknown
    assert facts([])["prior.classes"].has("taxane") is False
    first = derive({"next_line": 1}, names, count_lines({"next_line": 1}))
    assert first["progressed.metastatic_classes"].has("taxane") is False
    # a maintenance of first line may be under way, so that what was given stays unknown
    assert "prior.metastatic_classes" not in first
    assert "prior.early_classes" not in first


def test_what_failed_is_what_ended_by_progression(facts):
    found = facts([entry("paclitaxel", ended="toxicity"), entry("capecitabine", ended=None), entry("fulvestrant")])
    failed = found["progressed.metastatic_drugs"]
    assert (failed.has("paclitaxel"), failed.has("capecitabine"), failed.has("fulvestrant")) == (False, None, True)


def test_harm_is_sure_for_a_drug_alone_and_open_in_a_combination(facts):
    found = facts(
        [
            entry("capecitabine", ended="toxicity", toxicity={"event": "diarrhea", "grade": 4}),
            entry("paclitaxel", "trastuzumab", ended="toxicity", toxicity=[{"event": "neuropathy", "grade": 3}]),
            entry("fulvestrant", toxicity={"event": "pain", "grade": 1}),
        ]
    )
    harmed = found["harmed.drugs"]
    assert [harmed.has(d) for d in ("capecitabine", "paclitaxel", "trastuzumab", "fulvestrant")] == [
        True,
        None,
        None,
        False,
    ]


def test_counts_go_by_line_not_by_entry(facts):
    found = facts(
        [
            entry("letrozole", "palbociclib", line=1, ended="toxicity", months=2),
            entry("letrozole", "ribociclib", line=1, months=10),
            entry("capecitabine", line=2),
        ]
    )
    assert (found["endocrine_lines"], found["chemotherapy_lines"], found["line"]) == (1, 1, 3)
    assert found["months_on_cdk46_inhibitor"] == 12
    assert found["first_line_months"] == 12


@pytest.mark.parametrize(
    ("history", "grade"),
    [
        ([], "none"),
        ([entry("tamoxifen", setting="adjuvant", ended="completed", months=60, since=36)], "none"),
        ([entry("tamoxifen", setting="adjuvant", ended="completed", months=60, since=12)], "secondary"),
        ([entry("tamoxifen", setting="adjuvant", ended="progression", months=18)], "primary"),
        ([entry("tamoxifen", setting="adjuvant", ended="progression", months=24)], "secondary"),
        ([entry("letrozole", "palbociclib", months=5.9)], "primary"),
        ([entry("letrozole", "palbociclib", months=6)], "secondary"),
        ([entry("letrozole", "palbociclib", months=20), entry("fulvestrant", months=3)], "secondary"),
        ([entry("letrozole", ended="toxicity", months=3)], "none"),
        ([entry("letrozole", months=None)], OneOf(frozenset({"primary", "secondary"}))),
        ([entry("paclitaxel", months=3)], "none"),
    ],
)
def test_endocrine_resistance_by_eso_esmo(facts, history, grade):
    assert facts(history)["endocrine_resistance"] == grade


def test_relapse_is_counted_back_from_the_first_metastatic_therapy(facts):
    # adjuvant therapy ended 30 months ago; metastatic therapy began 20 months ago: relapse after 10 months
    found = facts(
        [
            entry("letrozole", setting="adjuvant", ended="completed", months=60, since=30),
            entry("fulvestrant", months=18, since=2),
        ]
    )
    assert found["relapse.endocrine_months"] == 10
    assert found["relapse.on_endocrine"] is False
    assert found["relapse.her2_months"] == NEVER


def test_each_sort_of_early_therapy_has_its_own_interval(facts):
    chemotherapy = entry("paclitaxel", "pembrolizumab", setting="neoadjuvant", ended="completed", since=16)
    found = facts([chemotherapy, entry("pembrolizumab", setting="adjuvant", ended="completed", since=9)])
    assert found["relapse.chemotherapy_months"] == 16
    assert found["relapse.immunotherapy_months"] == 9
    on_it = facts([chemotherapy, entry("pembrolizumab", setting="adjuvant", ended="progression")])
    assert on_it["relapse.immunotherapy_months"] == 0
    assert facts([entry("paclitaxel", setting="adjuvant")])["relapse.immunotherapy_months"] == NEVER
    assert "relapse.immunotherapy_months" not in facts([entry("something new", setting="adjuvant", since=9)])


def test_relapse_on_therapy(facts):
    found = facts([entry("letrozole", setting="adjuvant", ended="progression", months=30)])
    assert found["relapse.on_endocrine"] is True
    assert found["relapse.endocrine_months"] == 0


def test_ild_grade_joins_history_and_profile(facts):
    t_dxd = entry("trastuzumab", ended="toxicity", toxicity={"event": "pneumonitis", "grade": 3})
    assert facts([t_dxd])["ild_grade"] == 3
    assert facts([t_dxd])["patient.conditions.ild"] is True
    assert facts([], patient={"conditions": {"ild": True}})["ild_grade"] == Between(1, 4)
    assert facts([], patient={"conditions": {"ild": False}})["ild_grade"] == 0
    assert "ild_grade" not in facts([])


def test_a_medicine_in_no_table_is_unknown_not_safe(facts):
    found = facts([], patient={"medications": ["clarithromycin"]})["medication_classes"]
    assert (found.has("strong_cyp3a_inhibitor"), found.has("qt_prolonging")) == (True, False)
    assert (
        facts([], patient={"medications": ["herbal tea"]})["medication_classes"].has("strong_cyp3a_inhibitor") is None
    )
    assert facts([], patient={"medications": []})["medication_classes"].has("strong_cyp3a_inhibitor") is False


def test_a_line_that_is_missing_leaves_open_what_it_held(facts):
    found = facts([entry("letrozole", "ribociclib", line=1), entry("paclitaxel", line=3)])
    assert found["prior.drugs"].has("capecitabine") is None
    assert found["prior.early_classes"].has("taxane") is False
    assert found["chemotherapy_lines"] == Between(1, 2)


@pytest.fixture
def blamed(names):
    """The facts of a history with a few known causes of harm."""
    causes = (
        ("immune", ("myocarditis", "pneumonitis"), ("immunotherapy",), False),
        ("lung", ("pneumonitis",), ("trastuzumab_deruxtecan",), False),
        ("heart", ("heart failure",), ("trastuzumab", "trastuzumab_deruxtecan"), True),
        ("nerves", ("neuropath",), ("taxane",), False),
        ("diarrhea", ("diarrhea",), ("capecitabine", "trastuzumab_deruxtecan"), False),
    )
    harms = tuple(Harm(h, words, frozenset(drugs), together) for h, words, drugs, together in causes)

    def derived(*history):
        profile = {"history": list(history)}
        return derive(profile, replace(names, harms=harms), count_lines(profile))

    return derived


def stopped(*drugs, **reactions):
    """A combination that ended for toxicity with reactions ``event=grade``."""
    told = [
        {"event": event.replace("_", " "), **({"grade": grade} if grade else {})} for event, grade in reactions.items()
    ]
    return entry(*drugs, ended="toxicity", toxicity=told)


def blame(found, *drugs):
    """Whether each drug is blamed for the end, and for a reaction of grade 3 or 4."""
    return [[found[f"{prefix}drugs"].has(drug) for drug in drugs] for prefix in ("stopped_for_toxicity.", "harmed.")]


def test_a_harm_of_a_combination_is_laid_to_the_drug_known_for_it_and_to_no_other(blamed):
    found = blamed(stopped("capecitabine", "paclitaxel", "trastuzumab", neuropathy=3))
    assert blame(found, "paclitaxel", "capecitabine", "trastuzumab") == [[True, False, False]] * 2
    assert found["harmed.classes"].has("taxane") is True
    assert found["laid"].has("nerves") is True
    assert found["last.laid"] is True


def test_the_first_sort_of_harm_that_names_a_drug_of_it_decides(blamed):
    found = blamed(stopped("trastuzumab_deruxtecan", "pembrolizumab", pneumonitis=3))
    assert blame(found, "pembrolizumab", "trastuzumab_deruxtecan") == [[True, False]] * 2
    found = blamed(stopped("trastuzumab_deruxtecan", "fulvestrant", pneumonitis=3))
    assert blame(found, "trastuzumab_deruxtecan", "fulvestrant") == [[True, False]] * 2


def test_of_several_known_causes_any_may_be_to_blame_or_all_together(blamed):
    found = blamed(stopped("capecitabine", "trastuzumab_deruxtecan", "fulvestrant", diarrhea=3))
    assert blame(found, "capecitabine", "trastuzumab_deruxtecan", "fulvestrant") == [[None, None, False]] * 2
    assert found["laid"].has("diarrhea") is False
    together = blamed(stopped("paclitaxel", "trastuzumab", "trastuzumab_deruxtecan", heart_failure=2))
    assert blame(together, "trastuzumab", "trastuzumab_deruxtecan", "paclitaxel") == [[True, True, False], [False] * 3]


def test_a_harm_without_a_known_cause_may_lie_with_any_drug(blamed):
    for reactions in ({"dizziness": 3}, {"heart_failure": 3}):
        found = blamed(stopped("capecitabine", "fulvestrant", **reactions))
        assert blame(found, "capecitabine", "fulvestrant") == [[None, None]] * 2
        assert found["last.laid"] is False
    untold = blamed(entry("capecitabine", "fulvestrant", ended="toxicity"))
    assert blame(untold, "capecitabine", "fulvestrant") == [[None, None]] * 2
    assert untold["laid"].has("diarrhea") is None
    assert "last.laid" not in untold


def test_a_drug_that_nobody_knows_may_be_to_blame_beside_a_known_cause(blamed):
    found = blamed(stopped("paclitaxel", "miraculumab", neuropathy=3))
    assert blame(found, "paclitaxel", "capecitabine") == [[True, None]] * 2


def test_the_gravest_reaction_ended_it(blamed):
    found = blamed(stopped("capecitabine", "paclitaxel", neuropathy=1, diarrhea=2))
    assert blame(found, "capecitabine", "paclitaxel") == [[True, False], [False, False]]
    unsure = blamed(stopped("capecitabine", "paclitaxel", neuropathy=None, diarrhea=2))
    assert blame(unsure, "capecitabine", "paclitaxel") == [[None, None], [False, None]]
    assert (unsure["laid"].has("nerves"), unsure["laid"].has("lung")) == (None, False)


def test_an_ending_that_is_not_told_leaves_blame_open(blamed):
    found = blamed(entry("capecitabine", "paclitaxel", ended=None, toxicity=[{"event": "neuropathy", "grade": 2}]))
    assert blame(found, "paclitaxel", "capecitabine") == [[None, False], [False, False]]
    assert "last.laid" not in found


@pytest.mark.parametrize(
    ("typed", "drug"),
    [
        ("fam-trastuzumab deruxtecan-nxki", "trastuzumab_deruxtecan"),
        ("trastuzumab-dkst", "trastuzumab"),
    ],
)
def test_names_as_the_united_states_write_them(facts, typed, drug):
    assert facts([entry(typed)])["prior.drugs"].present == {drug}


def test_a_drug_nobody_knows_shows_no_endocrine_resistance(facts):
    found = facts([entry("miraculumab", months=4)])["endocrine_resistance"]
    assert found == OneOf(frozenset(("none", "secondary", "primary")))


@pytest.mark.parametrize(("before", "after", "grade"), [(2, 3, "primary"), (4, 5, "secondary")])
def test_a_switch_within_first_line_counts_the_whole_stretch(facts, before, after, grade):
    history = [
        entry("letrozole", "palbociclib", line=1, months=before, ended="planned_switch"),
        entry("letrozole", line=1, months=after),
    ]
    assert facts(history)["endocrine_resistance"] == grade


def test_reactions_that_are_not_told_are_not_known_and_none_is_none(facts):
    assert facts([entry("capecitabine")])["harmed.drugs"].has("capecitabine") is None
    assert facts([entry("capecitabine", toxicity=None)])["harmed.drugs"].has("capecitabine") is None
    assert facts([entry("capecitabine", toxicity=[])])["harmed.drugs"].has("capecitabine") is False


def adjuvant(*drugs, **more):
    return entry(*drugs, setting="adjuvant", **more)


def test_a_switch_of_adjuvant_endocrine_therapy_does_not_begin_the_two_years_anew(facts):
    switched = [adjuvant("tamoxifen", ended="planned_switch", months=30, since=12), adjuvant("letrozole", months=12)]
    assert facts(switched)["endocrine_resistance"] == "secondary"
    short = [adjuvant("tamoxifen", ended="planned_switch", months=6, since=12), adjuvant("letrozole", months=12)]
    assert facts(short)["endocrine_resistance"] == "primary"
    open_months = [adjuvant("tamoxifen", ended="planned_switch", months=None), adjuvant("letrozole", months=12)]
    assert facts(open_months)["endocrine_resistance"] == OneOf(frozenset(("primary", "secondary")))


def test_an_early_drug_nobody_knows_shows_no_endocrine_resistance(facts):
    found = facts([adjuvant("miraculumab", months=10)])["endocrine_resistance"]
    assert found == OneOf(frozenset(("none", "secondary", "primary")))


def test_growth_before_surgery_is_no_relapse(facts):
    history = [
        entry("letrozole", setting="neoadjuvant", months=5, since=65),
        adjuvant("tamoxifen", ended="completed", months=60, since=20),
    ]
    found = facts(history)
    assert found["relapse.endocrine_months"] == 20
    assert found["relapse.on_endocrine"] is False
    assert found["endocrine_resistance"] == "none"
    chemotherapy = entry("paclitaxel", setting="neoadjuvant", months=3, since=40)
    assert facts([chemotherapy])["relapse.chemotherapy_months"] == 40


def test_an_ending_that_is_not_told_leaves_the_relapse_open(facts):
    found = facts([adjuvant("letrozole", ended=None, months=40, since=3)])
    assert found["relapse.endocrine_months"] == Between(0, 3)
    assert "relapse.on_endocrine" not in found


def test_the_months_on_a_cdk46_inhibitor_are_not_known_if_a_later_drug_may_be_one(facts):
    first = entry("letrozole", "palbociclib", months=24, line=1)
    assert facts([first])["months_on_cdk46_inhibitor"] == 24
    assert "months_on_cdk46_inhibitor" not in facts([first, entry("miraculumab", months=3, line=2)])


def test_the_relapse_is_known_from_the_months_of_a_first_line_under_way(facts):
    history = [
        adjuvant("paclitaxel", ended="completed", since=20),
        entry("letrozole", ended="ongoing", months=6, since=None),
    ]
    assert facts(history)["relapse.chemotherapy_months"] == 14


def test_brain_among_the_sites_is_not_brain_absent(names):
    def brain(**disease):
        profile = {"disease": disease}
        return derive(profile, names, count_lines(profile)).get("disease.brain_metastases")

    assert brain(sites=["bone"]) == "none"
    assert brain(sites=["brain", "bone"]) == OneOf(frozenset(("stable", "active_asymptomatic", "active_symptomatic")))
    assert brain(sites=["leptomeninges"]) == brain(sites=["brain"])
    assert brain() is None


def test_a_class_of_which_no_member_is_left_is_not_to_be_had(names):
    def missing(*drugs):
        profile = {"access": {"unavailable": list(drugs)}}
        return derive(profile, names, count_lines(profile))["unavailable"]

    assert missing("letrozole").has("aromatase_inhibitor") is False
    assert missing("letrozole", "exemestane").has("aromatase_inhibitor") is True
