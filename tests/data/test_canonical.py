"""The store's bytes do not depend on which SQLite wrote them, nor on what stood in its memory."""

import sqlite3

from nextline_db.canonical import canonical


def test_what_another_sqlite_would_have_left_is_fixed(store_path):
    raw = store_path.read_bytes()
    other = bytearray(raw)
    other[24:28] = other[92:96] = b"\0\0\0\x63"
    other[96:100] = (3051001).to_bytes(4, "big")
    size = int.from_bytes(raw[16:18], "big")
    page = next(p for p in range(size, len(raw), size) if raw[p] == 13)
    end = page + 8 + 2 * int.from_bytes(raw[page + 3 : page + 5], "big")
    other[end] = 0x5A  # in the gap between the list of cells and the cells
    assert bytes(other) != raw
    assert canonical(bytes(other)) == raw


def test_no_row_is_lost(tmp_path):
    """A file with rows large and small, deleted and moved, reads the same afterwards, and SQLite finds it sound."""
    path = tmp_path / "x.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (id TEXT PRIMARY KEY, body TEXT)")
        connection.executemany("INSERT INTO t VALUES (?, ?)", ((f"k{n}", "x" * (n * 37 % 9000)) for n in range(500)))
        connection.execute("DELETE FROM t WHERE rowid % 3 = 0")
        before = connection.execute("SELECT * FROM t ORDER BY id").fetchall()
    connection.close()
    path.write_bytes(canonical(path.read_bytes()))
    with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as connection:
        assert connection.execute("SELECT * FROM t ORDER BY id").fetchall() == before
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
