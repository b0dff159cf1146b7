"""Walking the screens in tests: steps of keys and of what must be seen, and the cell grid as text and colours."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from rich.color import ColorType
from textual import events
from textual.pilot import Pilot

from nextline_device.app import NextlineApp, Setup
from nextline_device.screens.font import GLYPHS

SIZES = ((66, 20), (80, 22), (120, 33))
_NAMES = {"-": "minus", "?": "question_mark", "+": "plus", " ": "space", ".": "full_stop", "/": "slash"}


PLAIN = Setup()


class Brisk(NextlineApp):
    """The app without self-test, and without the pause before an answer is worked out; it is five days after review."""

    PAUSE = 0.0
    SELF_TEST = False

    def __init__(self, engine, setup=PLAIN, clock=time.monotonic):
        day = date.fromisoformat(engine.edition.date) + timedelta(days=5)
        super().__init__(engine, setup, clock, lambda: day)


@dataclass(frozen=True)
class Step:
    """Keys to press (a word is typed letter by letter), what must be on the screen then, and what must not."""

    keys: Sequence[str]
    sees: Sequence[str] = ()
    hides: Sequence[str] = field(default=())


def text_of(app: NextlineApp) -> list[str]:
    """The screen as lines of text."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def seen(app: NextlineApp) -> str:
    """The screen as one text with single spaces, so that wrapped sentences are found."""
    return " ".join(" ".join(text_of(app)).split())


async def until(pilot: Pilot, holds: Callable[[], bool], seconds: float = 20) -> None:
    """Waits until something holds and is drawn."""
    end = time.monotonic() + seconds
    await pilot.pause()
    while not holds():
        assert time.monotonic() < end, "it did not come to that; the screen:\n" + "\n".join(text_of(pilot.app))
        await asyncio.sleep(0.01)
        await pilot.pause()
    await pilot.pause()


async def rest(pilot: Pilot) -> None:
    """Waits until the answer is that to the profile as it is, and drawn."""
    await until(pilot, lambda: pilot.app.session.empty or not pilot.app.late)


def type_keys(app: NextlineApp, keys: Iterable[str]) -> None:
    """Types keys one behind another, as fast as a scanner does."""
    for key in keys:
        app.post_message(events.Key(_NAMES.get(key, key), key if len(key) == 1 else None))


def click(app: NextlineApp, x: int, y: int) -> None:
    """A click on a cell, as the terminal reports it."""
    app.post_message(events.MouseDown(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y))


async def walk(pilot: Pilot, steps: Iterable[Step]) -> int:
    """Walks the steps; returns how many keys were pressed."""
    count = 0
    for step in steps:
        type_keys(pilot.app, step.keys)
        count += len(step.keys)
        await rest(pilot)
        screen = seen(pilot.app)
        for text in step.sees:
            assert text in screen, f"after {step.keys} '{text}' is not on the screen:\n" + "\n".join(text_of(pilot.app))
        for text in step.hides:
            assert text not in screen, f"after {step.keys} '{text}' is on the screen:\n" + "\n".join(text_of(pilot.app))
        check_console(pilot.app)
    return count


def check_console(app: NextlineApp) -> None:
    """Every cell holds a character of the console font, in one of the sixteen colours, and no line is too long."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    assert len(strips) == height
    for strip in strips:
        assert strip.cell_length == width
        assert set(strip.text) <= GLYPHS, f"not in the console font: {set(strip.text) - GLYPHS} in {strip.text!r}"
        for segment in strip:
            for colour in (segment.style.color, segment.style.bgcolor) if segment.style else ():
                assert colour is None or colour.type in (ColorType.DEFAULT, ColorType.STANDARD), (colour, segment.text)


def drive(engine, steps: Iterable[Step], size: tuple[int, int] = (80, 22), then=None) -> int:
    """Opens the app, walks the steps, and returns the number of keys; ``then`` is awaited with the pilot at the end."""

    async def run() -> int:
        app = Brisk(engine)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            count = await walk(pilot, steps)
            if then is not None:
                await then(pilot)
            return count

    return asyncio.run(run())
