"""The wheel: all of the program is in it and nothing else, and it runs from there without the sources."""

import os
import subprocess
import sys
import zipfile

import pytest

from conftest import ROOT

PACKAGES = ("core/nextline_core", "db/nextline_db", "device/nextline_device")
SHIPPED = {".py", ".pyi", ".tcss", ".md", ".typed"}
BUILT = {"nextline_core/_match.abi3.so", "nextline_db/evidence.sqlite"}
EXAMPLE = ROOT / "device" / "examples" / "second-line-esr1.json"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel built offline, in a scratch folder of its own, so that no module of an earlier build is left over."""
    if not (ROOT / "db" / "nextline_db" / "evidence.sqlite").exists():
        pytest.fail("the wheel holds the evidence store; build it with 'make evidence'")
    work = tmp_path_factory.mktemp("wheel")
    scratch = work / "scratch.cfg"
    scratch.write_text(
        f"[build]\nbuild_base = {work}/build\n[bdist]\nbdist_base = {work}/bdist\n[egg_info]\negg_base = {work}\n"
    )
    options = ("--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(work))
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *options, str(ROOT)],
        env={**os.environ, "DIST_EXTRA_CONFIG": str(scratch)},
        check=True,
        timeout=120,
    )
    (found,) = work.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The folder into which the wheel was installed."""
    target = tmp_path_factory.mktemp("site")
    options = ("--quiet", "--no-deps", "--no-index", "--no-compile", "--target", str(target))
    subprocess.run([sys.executable, "-m", "pip", "install", *options, str(wheel)], check=True, timeout=60)
    return target


@pytest.fixture
def run(installed, tmp_path):
    """Runs the Python of the tests with the installed wheel before all else, away from the sources."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    environment.pop("NEXTLINE_STORE", None)

    def done(*arguments):
        return subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return done


def test_it_holds_every_file_of_the_program_and_no_other(wheel):
    tree = {
        path.relative_to((ROOT / package).parent).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.suffix in SHIPPED
    }
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert names == tree | BUILT


def test_every_file_of_the_packages_is_of_a_kind_that_is_shipped_or_only_for_building():
    kinds = {path.suffix for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file()}
    assert kinds - SHIPPED <= {".pyx", ".pxi", ".so", ".sqlite", ".pyc"}


def test_it_answers_from_its_own_files(run, installed):
    told = run(
        "-c", "import nextline_core._match as m, nextline_db.store as s; print(m.__file__, s.__file__, sep='\\n')"
    )
    assert all(line.startswith(str(installed)) for line in told.stdout.splitlines()), told.stdout
    done = run(installed / "bin" / "nextline", "ask", EXAMPLE)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Elacestrant" in done.stdout


def test_its_screens_load(run, installed):
    told = run("-c", "import nextline_device.app as app; print(app.__file__, app.NextlineApp.CSS_PATH)")
    assert told.stdout.startswith(str(installed)), told.stderr
