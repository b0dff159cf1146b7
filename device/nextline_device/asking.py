"""Answers for the screens: one question at a time in a thread of its own, and a late answer dropped."""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, ClassVar

from textual.app import App
from textual.worker import Worker, WorkerState

from .engine import Engine
from .selftest import self_test
from .session import Session

_CACHE = type(lru_cache(lambda: None))
_DONE = (WorkerState.SUCCESS, WorkerState.ERROR, WorkerState.CANCELLED)


class AskingApp(App[None]):
    """An app over an engine and one patient.

    ``answer`` belongs to the profile as it was at some revision; ``late`` says that the profile has changed since.
    ``tested`` is what the self-test found, empty while it runs; ``speed_ms`` how long the last answer took.
    """

    PAUSE: ClassVar[float] = 0.2
    """Seconds without a change after which the answer is worked out again; asking for the options does not wait."""
    SELF_TEST: ClassVar[bool] = True

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.engine = engine
        self.session = Session()
        self.answer: dict[str, Any] | None = None
        self.fault = ""
        self.tested = ""
        self.speed_ms = 0.0
        self._answered = -1
        self._asked = self.session.revision
        self._busy = False
        self._again = False
        self._deep = False
        self._question: tuple[int, dict[str, Any], bool] | None = None
        self._result: tuple[int, dict[str, Any]] | None = None
        self._pause: asyncio.TimerHandle | None = None

    @property
    def late(self) -> bool:
        """Whether the answer is that to an earlier profile."""
        return self._answered != self.session.revision

    @property
    def told(self) -> bool:
        """Whether there is an answer to the profile as it is, and it is no refusal."""
        return self.answer is not None and not self.late and not any(p["blocking"] for p in self.answer["problems"])

    @property
    def _shallow(self) -> bool:
        """Whether the answer lacks the single changes that are wanted."""
        return self._deep and self.told and "what_if" not in (self.answer or {})

    def answer_changed(self) -> None:
        """Called when there is another answer, or the self-test is done."""

    def changed(self) -> None:
        """The profile may have changed: works the answer out again once there is a pause."""
        if self.session.revision == self._asked:
            return
        self._asked, self._deep = self.session.revision, False
        self.stop_pause()
        # not Textual's own timer: held up for longer than its time while it starts, it never goes off
        self._pause = asyncio.get_running_loop().call_later(self.PAUSE, self.ask)

    def stop_pause(self) -> None:
        """Nothing is to be worked out when the pause is over."""
        if self._pause:
            self._pause.cancel()

    def ask(self, deep: bool = False) -> None:
        """Starts the work, unless it is under way or done; ``deep`` wants single changes of the profile too."""
        self._deep = self._deep or deep
        self._again = self._busy  # asked for while other work is under way: once more after it
        if self._busy or not (self.late or self._shallow):
            return
        self._busy = True
        self._question = (self.session.revision, self.session.profile(), self._deep)
        self.run_worker(self._work, group="answer", thread=True, exit_on_error=False)

    def start_test(self) -> None:
        """Starts the self-test; questions wait until it is done, for the matcher serves one caller at a time."""
        if self.SELF_TEST:
            self._busy = True
            self.run_worker(self._test, group="test", thread=True, exit_on_error=False)

    def drop_answer(self) -> None:
        """Forgets the answer and what was remembered of its patient."""
        self.stop_pause()
        self.session.wipe()
        self.answer, self.fault, self._answered = None, "", -1
        self._deep = self._again = False
        self._forget()

    def _forget(self) -> None:
        """Has the engine and the libraries drop what they remember."""
        self.engine.forget()
        self.call_after_refresh(clear_caches)

    def _work(self) -> None:
        """Runs in a thread of its own and touches no widget.

        Question and result pass through the app: Textual keeps a worker in its thread's context, and with it whatever
        the worker was given or returned.
        """
        question, self._question = self._question, None
        if question is not None:
            revision, profile, deep = question
            begun = time.perf_counter()
            found = self.engine.ask(profile, what_if=True) if deep else self.engine.ask(profile)
            self.speed_ms = self.speed_ms if deep else (time.perf_counter() - begun) * 1000
            self._result = (revision, found)

    def _test(self) -> None:
        """The self-test, and with it the time of one look-up."""
        begun = time.perf_counter()
        found = self_test(self.engine)
        self.speed_ms = (time.perf_counter() - begun) * 1000 / 2  # it asks twice
        self.tested = found

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Takes over an answer that is still current; one that came too late is dropped and worked out anew."""
        if event.state not in _DONE:
            return
        self._busy = False
        if event.worker.group == "test":
            self.tested = self.tested or "FAILED: a fault in the program; do not use this installation"
            self.answer_changed()
        else:
            self._take_over(event.worker.error)
        if self._again or self._shallow:
            self.ask()

    def _take_over(self, error: BaseException | None) -> None:
        """Takes a result, or the fault that came instead of it."""
        result, self._result = self._result, None
        if result is not None:
            revision, answer = result
            if revision != self.session.revision:
                if self.session.empty:  # wiped while the answer was worked out, and the engine remembered them again
                    self._forget()
                return
            self.answer, self.fault = answer, ""
        else:
            self.answer, self.fault = None, f"a fault in the program ({type(error).__name__}). The profile is kept."
            if error is not None:
                error.__traceback__ = None  # its frames hold the profile
        self._answered = self.session.revision
        self.answer_changed()


def clear_caches() -> None:
    """Empties the function caches of every module: those of the terminal libraries hold the lines drawn last.

    They are found through the modules and their classes. Asking the garbage collector for all objects would, for
    that moment, also hold the tuples that other threads are just building, and those threads then fail.
    """
    gc.collect()
    for cache in function_caches():
        cache.cache_clear()


def function_caches() -> Iterator[Any]:
    """Every ``lru_cache`` that a loaded module or a class in it bears."""
    for module in list(sys.modules.values()):
        for value in list(getattr(module, "__dict__", {}).values()):
            members = list(vars(value).values()) if isinstance(value, type) else [value]
            for member in members:
                bare = member.fget if isinstance(member, property) else member
                bare = bare.__func__ if isinstance(bare, classmethod | staticmethod) else bare
                if isinstance(bare, _CACHE):
                    yield bare
