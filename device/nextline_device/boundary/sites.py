"""The site file, ``site.toml``: what this clinic is and has. Read once at start, validated, and never written.

region = "US"                 # whose labels hold: US, EU, UK, CA, AU, JP or other
resource_level = "enhanced"   # basic, limited, enhanced or maximal
telephone = "+00 000 000"

[formulary]
unavailable = ["inavolisib"]  # or: available = [...], the whole formulary

[tests."biomarkers.ESR1"]     # by the path of the profile member that the test fills
days = 10
cost = "120 EUR"

[kiosk]                       # seconds without a key until the warning, and until the patient is wiped
warn_seconds = 90
wipe_seconds = 120
"""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from nextline_core.catalogue import Catalogue
from nextline_core.errors import NextlineError
from nextline_core.site import LEVELS, REGIONS, LocalTest, Site
from nextline_core.vocabulary import VOCABULARY

from .choices import one_of

LIMIT_BYTES = 100_000
_Plain = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f<>]*$")]


class SiteError(NextlineError):
    """The site file cannot be used; the text names every fault."""


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Formulary(_Closed):
    available: list[_Plain] | None = None
    unavailable: list[_Plain] = []


class _Test(_Closed):
    days: Annotated[int, Field(ge=0, le=365)] | None = None
    cost: _Plain | None = None
    available: bool = True


class _Kiosk(_Closed):
    warn_seconds: Annotated[int, Field(ge=10, le=3600)] = 90
    wipe_seconds: Annotated[int, Field(ge=20, le=3600)] = 120


class SiteModel(_Closed):
    """The whole file."""

    region: Annotated[str, one_of(REGIONS)] = "US"
    resource_level: Annotated[str, one_of(LEVELS)] | None = None
    telephone: _Plain | None = None
    formulary: _Formulary = _Formulary()
    tests: dict[str, _Test] = {}
    kiosk: _Kiosk = _Kiosk()


def read(path: Path, catalogue: Catalogue) -> Site:
    """The site in a TOML file. Raises :class:`SiteError` with every fault at once."""
    try:
        with path.open("rb") as file:
            raw = file.read(LIMIT_BYTES + 1)
    except OSError as error:
        raise SiteError(f"The site file {path} cannot be read: {error.strerror}.") from None
    if len(raw) > LIMIT_BYTES:
        raise SiteError(
            f"The site file {path} is larger than {LIMIT_BYTES // 1000} kB; check that it is the right file."
        )
    try:
        model = SiteModel.model_validate(tomllib.loads(raw.decode("utf-8")))
    except UnicodeDecodeError:
        raise SiteError(f"The site file {path} is not UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise SiteError(f"The site file {path} is not TOML: {error}.") from None
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False))
        raise SiteError(f"The site file {path} has faults: {told}.") from None
    except (ValueError, RecursionError):  # Python's own limits on the digits of a whole number, and on depth
        raise SiteError(f"The site file {path} holds a number or a nesting beyond all bounds. Correct it.") from None
    faults = list(_unknown(model, catalogue))
    if faults:
        raise SiteError(f"The site file {path} has faults: {'; '.join(faults)}.")
    return Site(
        region=model.region,
        level=model.resource_level,
        available=None if model.formulary.available is None else tuple(model.formulary.available),
        unavailable=tuple(model.formulary.unavailable),
        tests={path: LocalTest(test.days, test.cost, test.available) for path, test in model.tests.items()},
        telephone=model.telephone,
        warn_seconds=model.kiosk.warn_seconds,
        wipe_seconds=model.kiosk.wipe_seconds,
        digest=hashlib.sha256(raw).hexdigest(),
    )


def _unknown(model: SiteModel, catalogue: Catalogue) -> list[str]:
    """Names of drugs and tests that nothing goes by: a misspelt drug would silently stay available."""
    drugs = [*model.formulary.unavailable, *(model.formulary.available or ())]
    resolved = [(name, catalogue.resolve(name)) for name in drugs]
    strange = [
        f"formulary: '{name}' is no drug or class known here" for name, r in resolved if not r.drug and not r.drug_class
    ]
    paths = VOCABULARY.keys() | {"disease.her2", "disease.er", "disease.pr"}
    if model.kiosk.warn_seconds >= model.kiosk.wipe_seconds:
        strange.append("kiosk: the warning has to come before the wipe")
    return strange + [f"tests: '{path}' is no member of a profile" for path in model.tests if path not in paths]
