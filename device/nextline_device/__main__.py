"""Where the program starts."""

from __future__ import annotations

import os
import sys

_INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit status.

    An interrupt ends the process at once, from here to its very end: while modules are being loaded, an exception
    could be swallowed or come out as a traceback. The screen has its own way (see ``commands.screen``).
    """
    try:
        import signal

        signal.signal(signal.SIGINT, lambda *_: os._exit(_INTERRUPTED))
        from .commands import run

        return run(arguments)
    except KeyboardInterrupt:
        return _INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
