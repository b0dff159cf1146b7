"""The fingerprint of a founding text, written by its command."""

from data import small

from nextline_db import founding


def test_a_new_text_gets_its_fingerprint(tmp_path, capsys):
    db = small.write(tmp_path / "db")
    small.spoil(db, "evidence/head.yaml", 'url: "https://example.org"', "file: new.txt")
    assert any("'new.txt' has no fingerprint (write it: python -m nextline_db.founding" in f for f in small.said(db))
    text = tmp_path / "new.txt"
    text.write_text("first\nsecond, 1,545 patients\n")
    assert founding.main([str(text), "--source", "web", "--db", str(db)]) == 0
    assert capsys.readouterr().out.startswith("web: 3 lines, sha256 ")
    assert founding.load(db / "evidence" / "founding")["web"] == founding.fingerprint("web", text)
    assert founding.load(db / "evidence" / "founding")["web"].values(2, 2) >= {1545.0}
    assert not any("fingerprint" in fault for fault in small.said(db))


def test_what_is_no_text_ends_in_a_sentence(tmp_path, capsys):
    db = small.write(tmp_path / "db")
    (tmp_path / "bad.txt").write_bytes(b"\xff")
    assert founding.main([str(tmp_path / "bad.txt"), "--source", "x", "--db", str(db)]) == 1
    assert founding.main([str(tmp_path / "none.txt"), "--source", "x", "--db", str(db)]) == 1
    said = capsys.readouterr().err
    assert "bad.txt is not UTF-8 at byte 0; save it as UTF-8" in said
    assert "none.txt: No such file or directory" in said


def test_a_fingerprint_of_no_source_is_told(tmp_path):
    db = small.write(tmp_path / "db")
    founding.save(founding.fingerprint("s999", tmp_path / "s900.txt"), db / "evidence" / "founding")
    assert any(
        f.startswith("evidence/founding/s999.json: s999: is the fingerprint of no source") for f in small.said(db)
    )
