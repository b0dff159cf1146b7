"""Every screen, how to come to it, and what it looks like: for the goldens, the pictures, and the tests over all of
them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flows.cases import CONTRADICTION, WORKED_CASE
from flows.steps import SIZES, Brisk, rest, text_of, type_keys

from nextline_device.app import Setup
from nextline_device.engine import Engine
from nextline_device.screens.widgets import Lines

_WORKED = [key for step in WORKED_CASE for key in step.keys]
_CONTRADICTION = [key for step in CONTRADICTION for key in step.keys]


@dataclass(frozen=True)
class Scene:
    """A screen: the keys that lead to it from the first one; ``idle`` are seconds that nobody has touched a key."""

    name: str
    keys: Sequence[str]
    screen: str
    idle: float = 0


SCENES = (
    Scene("ready", (), "ready"),
    Scene("profile-empty", ("1",), "profile"),
    Scene("profile", tuple(_WORKED[:-1]), "profile"),
    Scene("profile-therapy", ("1", "1", "2", *"let"), "profile"),
    Scene("profile-contradiction", _CONTRADICTION, "profile"),
    Scene("crisis", ("1", "1", "1", "down", "f2", "2", "1"), "crisis"),
    Scene("options", _WORKED, "options"),
    Scene("options-ruled-out", (*_WORKED, "r"), "options"),
    Scene("options-contradiction", (*_CONTRADICTION, "f5"), "options"),
    Scene("evidence", (*_WORKED, "1"), "evidence"),
    Scene("evidence-figures", (*_WORKED, "1", *["pagedown"] * 2), "evidence"),
    Scene("conflict", (*_WORKED, "1", "2"), "conflict"),
    Scene("compare", (*_WORKED, "x", "down", "down", "down", "x", "c"), "compare"),
    Scene("tests", (*_WORKED, "t"), "tests"),
    Scene("tests-changes", (*_WORKED, "t", "w"), "tests"),
    Scene("outlook", (*_WORKED, "o", "g"), "outlook"),
    Scene("timeline", (*_WORKED, "l"), "timeline"),
    Scene("library", ("2",), "library"),
    Scene("library-search", ("2", *"elac"), "library"),
    Scene("library-drug", ("2", *"orserdu", "enter"), "record"),
    Scene("library-rule", ("2", *["down"] * 4, "enter", *"elacestrant", "enter", "down", "enter"), "record"),
    Scene("site", ("3",), "site"),
    Scene("about", ("4",), "about"),
    Scene("help", (*_WORKED, "f1"), "help"),
    Scene("new-patient", (*_WORKED, "f10"), "confirm"),
    Scene("clearing", _WORKED, "options", idle=95),
)


Look = Callable[[tuple[int, int], Brisk, bool], None]


async def show(engine: Engine, scene: Scene, sizes: Sequence[tuple[int, int]], look: Look) -> None:
    """Opens the app, comes to the scene, and at every size calls ``look`` with the size, the app and whether it is in
    high contrast: first without, then, at the usual sizes, with it."""
    now = [0.0]
    app = Brisk(engine, Setup(kiosk=bool(scene.idle)), lambda: now[0])
    async with app.run_test(size=sizes[0]) as pilot:
        await pilot.pause()
        for key in scene.keys:
            type_keys(app, [key])
            await rest(pilot)
        now[0] += scene.idle
        app.watch_time()
        for size in sizes:
            await pilot.resize_terminal(*size)
            for app.contrast in (False, True) if size in SIZES else (False,):
                app.screen.refresh(layout=True)
                await rest(pilot)
                drawn = text_of(app)
                for part in app.screen.query(Lines):
                    part.refresh()
                await rest(pilot)
                assert text_of(app) == drawn, "lines of another size or place were left standing"
                look(size, app, app.contrast)


def looks(engine: Engine, scene: Scene, sizes: Sequence[tuple[int, int]], look: Look) -> None:
    """The same, for callers that are no coroutines."""
    asyncio.run(show(engine, scene, sizes, look))


def masked(app: Brisk) -> str:
    """The cell grid as text; what differs from store to store, the digest, is masked."""
    text = "\n".join(line.rstrip() for line in text_of(app)) + "\n"
    return re.sub(r"\b[0-9a-f]{12}\b", "#" * 12, text)
