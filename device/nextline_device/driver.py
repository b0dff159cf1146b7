"""The terminal as it is read: bytes that are no text (a pasted file, a bad line) are dropped, and reading goes on."""

from __future__ import annotations

from textual.drivers.linux_driver import LinuxDriver


class TolerantDriver(LinuxDriver):
    """Textual's driver ends the whole program at the first byte that is not UTF-8."""

    def run_input_thread(self) -> None:
        """Reads keys until the program ends."""
        while True:
            try:
                super().run_input_thread()
            except UnicodeDecodeError:
                continue
            return
