"""``make screens``: writes every screen as text (what the tests compare with) and as SVG, and the list of them."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flows.scenes import SCENES, looks, masked
from flows.steps import SIZES

from nextline_device.engine import start
from nextline_device.locations import store_path

HERE = Path(__file__).resolve().parent
PICTURED = (80, 22)


def main() -> None:
    """Writes all files anew, and removes those of screens that are gone."""
    engine = start(store_path())
    for old in (*HERE.rglob("*.txt"), *HERE.rglob("*.svg")):
        old.unlink()
    for scene in SCENES:

        def look(size, app, contrast, name=scene.name):
            if not contrast:
                (folder := HERE / f"{size[0]}x{size[1]}").mkdir(exist_ok=True)
                (folder / f"{name}.txt").write_text(masked(app), encoding="utf-8")
            if size == PICTURED:
                (folder := HERE / ("contrast" if contrast else "console")).mkdir(exist_ok=True)
                (folder / f"{name}.svg").write_text(app.export_screenshot(title="nextline"), encoding="utf-8")

        looks(engine, scene, SIZES, look)
    (HERE / "README.md").write_text(_list(), encoding="utf-8")


def _list() -> str:
    sizes = [f"{width}x{height}" for width, height in SIZES]
    lines = ["# The screens", "", "Written by `make screens`; the tests compare the texts with what is drawn.", ""]
    lines += [f"| screen | {' | '.join(sizes)} | console | high contrast |", "|---" * (len(sizes) + 3) + "|"]
    for scene in SCENES:
        texts = " | ".join(f"[text]({size}/{scene.name}.txt)" for size in sizes)
        pictures = " | ".join(f"[picture]({theme}/{scene.name}.svg)" for theme in ("console", "contrast"))
        lines.append(f"| {scene.name} | {texts} | {pictures} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
