"""Filling in a profile by keys: the table of fields, and the machine that walks it. Knows nothing of Textual."""
