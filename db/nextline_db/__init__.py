"""The evidence: models of every curated record, the build of the store, and its read-only use.

This layer may import :mod:`nextline_core` and nothing of the device. The curated YAML lies beside the package
(``db/evidence``, ``db/options``, ``db/rules``), and is read at build time only; a device reads the one SQLite file
that :mod:`nextline_db.build` writes, through :mod:`nextline_db.store`.
"""
