"""The stamp of an answer, ``evidence:digest:engine:profile:answer``, and what stands in the way of giving it again."""

from __future__ import annotations

from dataclasses import dataclass

from .diagnostics import ExitCode

_PARTS = 5


@dataclass(frozen=True)
class Fault:
    """Why a stamp cannot be replayed here, and the exit status that goes with it."""

    text: str
    status: ExitCode


def differs(wanted: str, found: str) -> Fault | None:
    """``None`` where the answer found here is the one stamped; otherwise exactly which part is another."""
    parts, here = wanted.split(":"), found.split(":")
    if len(parts) != _PARTS or not all(parts):
        return Fault(f"'{wanted}' is no stamp; it looks like {found}.", ExitCode.INPUT)
    version, digest, engine, profile, answer = parts
    if profile != here[3]:
        return Fault(f"The stamp belongs to another profile ({profile}, this one is {here[3]}).", ExitCode.INPUT)
    if (version, digest) != (here[0], here[1]):
        text = f"The stamp needs evidence {version} with digest {digest}; here is {here[0]} with {here[1]}."
        return Fault(f"{text} Name that store with --store.", ExitCode.EVIDENCE)
    if engine != here[2]:
        return Fault(f"The stamp needs engine {engine}; this is {here[2]}.", ExitCode.EVIDENCE)
    if answer != here[4]:
        return Fault(
            "The same evidence, engine and profile give another answer: it was asked with other options. "
            "Give the --site, --today, --prefer and --what-if of that time.",
            ExitCode.INPUT,
        )
    return None
