"""The rules and options that clinicians write and read.

Every rule is one sentence, one condition tree and the records that carry it.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from .base import Id, Model, Text

Band = Literal["preferred", "consider", "later", "investigational", "supportive"]
Strength = Literal[
    "phase3_survival", "phase3", "phase3_subgroup", "phase2", "single_arm", "observational", "guideline", "opinion"
]
Severity = Literal["major", "monitor"]
FlagSeverity = Literal["urgent", "warning", "info"]
Role = Literal["supports", "against", "context"]
Condition = dict[str, Any]


class Cite(Model):
    """A cited record.

    In YAML a bare id stands for ``{id: ..., role: supports}``.
    """

    id: Id
    role: Role = "supports"


def _bare(value: Any) -> Any:
    return {"id": value} if isinstance(value, str) else value


Cited = Annotated[Cite, BeforeValidator(_bare)]


class Option(Model):
    """A regimen.

    ``drugs`` holds drug ids, or a class id where its members are interchangeable here. ``backbone`` names those drugs
    that may be repeated although the disease grew on them (trastuzumab beyond progression, the endocrine partner).
    Every other drug is a key drug, and is not offered again after it failed.
    """

    id: Id
    regimen: Text
    drugs: list[Id]
    backbone: list[Id] = []
    given: Text = Field(..., description="route and visits in one short phrase")
    visits_in_4_weeks: int | float | None = Field(None, description="treatment visits to the clinic in four weeks")
    supportive: bool = False


class Targets(Model):
    """The options a rule speaks of: by id, by a drug or class they contain, or all; ``except`` takes some out
    again."""

    options: list[Id] = []
    drugs: list[Id] = []
    classes: list[Id] = []
    all: bool = False
    except_options: list[Id] = Field([], alias="except")

    @model_validator(mode="after")
    def _something(self) -> Targets:
        if not (self.options or self.drugs or self.classes or self.all):
            raise ValueError("names no option: give options, drugs, classes or all: true")
        return self


class Unknown(Model):
    """What to say of an option while the facts that decide a rule about it are not known."""

    severity: Severity
    text: Text


class FlagUnknown(Model):
    """What to say of the whole case while the facts that decide a flag are not known."""

    severity: FlagSeverity
    text: Text


class _Rule(Model):
    id: Id
    when: Condition
    sentence: Text = Field(..., description="the rule read aloud; shown with the answer")
    evidence: list[Cited] = Field(..., min_length=1)
    note: Text | None = None


class Offer(_Rule):
    """Places an option in a band when its condition holds; while a deciding fact is unknown the option is
    possible."""

    kind: Literal["offer"]
    option: Id
    band: Band
    strength: Strength


class _Targeted(_Rule):
    targets: Targets
    each: Literal["drug", "key_drug"] | None = Field(
        None, description="write the rule once per drug of each option: $drug, $kind and $name are filled in"
    )
    if_unknown: Unknown | None = None
    topic: Text | None = Field(
        None,
        description="of several rules on one topic about an option the gravest is shown, with the records of all",
    )


class Hold(_Targeted):
    """Keeps options at a band at best."""

    kind: Literal["hold"]
    band: Band


class Exclude(_Targeted):
    """Rules options out when its condition is known to hold."""

    kind: Literal["exclude"]
    code: Id | None = None


class Caution(_Targeted):
    """A warning on options."""

    kind: Literal["caution"]
    code: Id
    severity: Severity


class Companion(_Targeted):
    """A drug that has to go with options in some patients (ovarian suppression)."""

    kind: Literal["companion"]
    code: Id
    drugs: list[Id] = Field(..., min_length=1)


class Lays(Model):
    """What harm of a combination is laid to: a reaction with one of the ``words`` (beginnings of words) in its name, to
    these drugs.

    Where several of them were given any may be to blame, or all of them ``together``. Of the rules whose words fit, the
    first in the order of the files that names a drug of the combination decides.
    """

    harm: Id
    words: list[Text] = Field(..., min_length=1)
    drugs: list[Id] = []
    classes: list[Id] = []
    together: bool = False


class Flag(_Rule):
    """A remark on the whole case.

    One that ``lays`` a harm says which drugs it is laid to, and asks for that harm in ``laid``.
    """

    kind: Literal["flag"]
    code: Id
    severity: FlagSeverity
    lays: Lays | None = None
    if_unknown: FlagUnknown | None = None


class Test(_Rule):
    """Something to find out, with the facts that each result would give."""

    kind: Literal["test"]
    fact: Text = Field(..., description="dotted path of the profile member that the result would fill")
    specimens: list[Literal["tissue", "ctdna", "germline", "blood", "ecg", "imaging", "other"]] = Field(
        ..., min_length=1
    )
    outcomes: dict[str, dict[str, Any]] = Field(..., min_length=2, description="result -> facts that it would give")
    priority: Literal[1, 2, 3] = Field(
        2, description="1 a guideline names the test for this situation, 2 it may change the answer, 3 rarely positive"
    )
    positive: Text = "positive"
    negative: Text = "negative"

    @model_validator(mode="after")
    def _both(self) -> Test:
        for name in (self.positive, self.negative):
            if name not in self.outcomes:
                raise ValueError(f"outcomes lack '{name}'")
        return self


class Mechanism(_Rule):
    """Resistance mechanisms that this case calls up, and the options that act on them."""

    kind: Literal["mechanism"]
    options: list[Id] = []


class Outlook(_Rule):
    """Resistance and survival figures to show for this case; ``evidence`` names them."""

    kind: Literal["outlook"]


class Trial(_Rule):
    """A study that may be running: shown where its known criteria fit, with the date of its status.

    ``evidence`` names the study itself.
    """

    kind: Literal["trial"]


AnyRule = Annotated[
    Offer | Hold | Exclude | Caution | Companion | Flag | Test | Mechanism | Outlook | Trial,
    Field(discriminator="kind"),
]


class Named(Model):
    """A condition with a name, for rules to ``see``."""

    id: Id
    when: Condition
    sentence: Text


class RuleFile(Model):
    """One YAML file under ``db/rules`` or ``db/options``."""

    conditions: list[Named] = []
    options: list[Option] = []
    rules: list[AnyRule] = []
