"""How long nobody has touched a key: a warning, then the wipe. Knows no screen and no real clock."""

from __future__ import annotations

from collections.abc import Callable


class Idle:
    """Counts from the last touch. ``warn`` and ``wipe`` are seconds, ``clock`` gives seconds that only grow."""

    def __init__(self, warn: float, wipe: float, clock: Callable[[], float]) -> None:
        self._warn, self._wipe, self._clock = warn, wipe, clock
        self._touched = clock()

    def touch(self) -> None:
        """A key was pressed."""
        self._touched = self._clock()

    @property
    def left(self) -> int | None:
        """Seconds until the wipe, 0 when it is due; ``None`` while no warning stands."""
        gone = self._clock() - self._touched
        return None if gone < self._warn else max(0, -(-int((self._wipe - gone) * 10) // 10))
