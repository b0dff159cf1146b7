"""The budgets: the file is sound, the verdicts are right, and the counting gives the same number twice."""

import shutil
import subprocess
from datetime import date

import budget
import counting
import pytest
import workloads


@pytest.fixture(scope="module")
def guest(store_path):
    lacking = counting.missing() or counting.stale()
    if lacking:
        pytest.skip(lacking)
    with counting.Guest(store_path) as found:
        yield found


def entry(**more):
    return budget.Budget("x", "x", measured=100, date=date(2026, 11, 25), **more)


@pytest.mark.parametrize(
    ("limit", "is_open", "now", "verdict"),
    [
        (100, False, 102, "ok"),
        (100, False, 103, "over"),
        (90, True, 102, "open"),
        (90, True, 103, "over"),
        (100, True, 99, "ok"),
        (None, False, 10**9, "-"),
    ],
)
def test_more_than_two_percent_over_fails_and_so_does_what_is_known_to_be_over_and_grows(limit, is_open, now, verdict):
    assert entry(limit=limit, open=is_open).verdict(now) == verdict


def test_what_is_met_again_is_told():
    assert "strike 'open'" in entry(limit=100, open=True).row(90)


def test_every_budget_names_a_workload_and_open_ones_are_over():
    for name, found in budget.read().items():
        assert name in workloads.MAKERS
        assert found.beside is None or found.beside in workloads.MAKERS
        if found.limit is not None:
            assert found.open == (found.measured > found.limit * (1 + budget.TOLERANCE)), name


def test_recording_changes_figure_and_day_and_nothing_else(tmp_path):
    path = tmp_path / "budgets.toml"
    shutil.copy(budget.BUDGETS, path)
    before = path.read_text().splitlines()
    budget.record({"store.open": 1234567}, date(2027, 1, 2), path)
    changed = [line for old, line in zip(before, path.read_text().splitlines(), strict=True) if old != line]
    assert changed == ["measured = 1_234_567", "date = 2027-01-02"]
    assert budget.read(path)["store.open"].measured == 1_234_567


def test_a_missing_tool_is_named_with_its_package_first():
    done = subprocess.run(
        [counting.ROOT / "build/budget-tools.sh"], env={"PATH": "/nowhere"}, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert done.stderr.startswith("Missing: qemu-user gcc-aarch64-linux-gnu mmdebstrap")
    assert "apt-get install" in done.stderr.splitlines()[0]


@pytest.mark.parametrize("name", workloads.MAKERS)
def test_every_workload_runs_here_too(name, store_path):
    assert workloads.MAKERS[name](store_path, counting.CASE)()


def test_the_same_run_counts_the_same_twice_and_no_start_up(guest):
    few, again, more = (guest.total("nothing", count) for count in (1, 1, 4))
    assert few == again
    assert 50_000 < (more - few) / 3 < 300_000  # a thousand additions; starting takes hundreds of millions


@pytest.mark.slow
@pytest.mark.parametrize("name", ["store.open", "match", "look_up"])
def test_a_real_workload_counts_the_same_twice(name, guest):
    assert guest.total(name, 1) == guest.total(name, 1)


@pytest.mark.slow
def test_a_profile_adds_up_to_the_count(guest):
    cost, rows = guest.cost("look_up"), guest.profile("look_up")
    assert sum(row["own"] for row in rows) == pytest.approx(cost, rel=0.05)
    assert rows[0]["own"] == max(row["own"] for row in rows)
