"""The device: command line, screens and what crosses the boundary."""
