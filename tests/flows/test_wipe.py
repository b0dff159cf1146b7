"""What is left of a patient after the wipe: nothing, at whatever moment it comes."""

import asyncio
import functools
import gc
import sys
import threading

from flows.steps import Brisk, rest, seen, type_keys, until

from nextline_device import asking


def test_every_function_cache_is_found_without_the_garbage_collector():
    kind = type(functools.lru_cache(lambda: None))
    found = {id(cache) for cache in asking.function_caches()}
    missed = [held for held in gc.get_objects() if isinstance(held, kind) and id(held) not in found]
    assert [cache for cache in missed if cache.__module__.partition(".")[0] in ("rich", "textual")] == []
    assert len(found) > 20


def test_emptying_the_caches_does_not_disturb_other_threads():
    """A tuple that is just being built must not be held by anybody else."""
    faults, done = [], threading.Event()

    def build():
        try:
            while not done.is_set():
                tuple(number for number in range(40))
        except SystemError as fault:
            faults.append(fault)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    builder = threading.Thread(target=build)
    try:
        builder.start()
        for _ in range(5):
            asking.clear_caches()
    finally:
        done.set()
        builder.join()
        sys.setswitchinterval(interval)
    assert faults == []


class Held:
    """An engine that begins an answer and goes on with it when it may."""

    def __init__(self, engine):
        self.engine, self.begun, self.go_on = engine, threading.Event(), threading.Event()

    def __getattr__(self, name):
        return getattr(self.engine, name)

    def ask(self, profile):
        self.begun.set()
        assert self.go_on.wait(20)
        return self.engine.ask(profile)


def test_a_wipe_while_the_answer_is_worked_out_leaves_nothing_in_the_engine(engine):
    held = Held(engine)

    async def run():
        app = Brisk(held)
        async with app.run_test(size=(80, 22)) as pilot:
            type_keys(app, ["1", "4", "f5"])
            await pilot.pause()
            assert held.begun.wait(20)
            type_keys(app, ["f10", "1"])
            await pilot.pause()
            held.go_on.set()
            await app.workers.wait_for_complete()
            await rest(pilot)
            await pilot.pause()
            assert engine.book.encoder._memo == {}
            assert app.answer is None

    asyncio.run(run())


def test_what_is_asked_for_while_an_older_answer_is_worked_out_comes_after_it(engine):
    """Also where nothing is known any more: the options must not wait for ever."""
    held = Held(engine)

    async def run():
        app = Brisk(held)
        async with app.run_test(size=(80, 22)) as pilot:
            type_keys(app, ["1", "4"])
            await until(pilot, held.begun.is_set)
            type_keys(app, ["-", "0", "f5"])
            await pilot.pause()
            assert app.session.empty
            held.go_on.set()
            await until(pilot, lambda: not app.late)
            assert "A clinician decides." in seen(app)

    asyncio.run(run())
