"""The program in a real pseudo-terminal, for tests."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time


class Terminal:
    """The program in a child process, in a pseudo-terminal of 80 by 22 cells; ``arguments`` are its command line."""

    def __init__(self, store, term="linux", arguments=(), **environment):
        self.written, self.ended, self._typed_at = b"", False, 0
        self.process, self.descriptor = pty.fork()
        if self.process == 0:
            environment = {
                **os.environ,
                "TERM": term,
                "NEXTLINE_STORE": str(store),
                "COLUMNS": "80",
                "LINES": "22",
                **environment,
            }
            environment.pop("COLORTERM", None)
            os.execve(sys.executable, [sys.executable, "-m", "nextline_device", *arguments], environment)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Ends the child if it is still there, and only it."""
        if not self.ended:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        os.close(self.descriptor)

    def until(self, text, seconds=20):
        """Reads until a text was written since the last keys."""
        end = time.monotonic() + seconds
        while text.encode() not in self.written[self._typed_at :]:
            assert time.monotonic() < end, f"'{text}' did not come; last: {self.written[-2000:]!r}"
            if select.select([self.descriptor], [], [], 0.1)[0]:
                try:
                    self.written += os.read(self.descriptor, 65536)
                except OSError:  # the child has closed its side
                    assert text.encode() in self.written[self._typed_at :]
                    return

    def read_for(self, seconds):
        """Reads whatever is written within a time."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([self.descriptor], [], [], left)[0]:
                self.written += os.read(self.descriptor, 65536)

    def keys(self, text):
        """Types keys, as fast as a scanner does."""
        self._typed_at = len(self.written)
        os.write(self.descriptor, text.encode())

    def exit_status(self):
        """Waits for the end."""
        self.until("\x1b[?1049l")
        status = os.waitpid(self.process, 0)[1]
        self.ended = True
        return os.waitstatus_to_exitcode(status)
