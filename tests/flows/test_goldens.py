"""Every screen at every size in both themes: the text as it was written down, the font, the colours, the contrast."""

from pathlib import Path

import pytest
from flows.scenes import SCENES, looks, masked
from flows.steps import SIZES, check_console

from nextline_device import actions

GOLDENS = Path(__file__).resolve().parent.parent / "screens"
# the palette of the Linux console, and what stands for the default colours there
RGB = {
    "default": (170, 170, 170),
    "black": (0, 0, 0),
    "cyan": (0, 170, 170),
    "white": (170, 170, 170),
    "bright_cyan": (85, 255, 255),
    "bright_yellow": (255, 255, 85),
    "bright_white": (255, 255, 255),
}
LEAST_CONTRAST = 7.0
EXTREME = ((20, 5), (200, 60))
"""Sizes at which nothing may break, and nothing is written down."""


def luminance(rgb):
    """Relative luminance, as the web's accessibility guidelines define it."""
    linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """The ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def shown(style):
    """Fore- and background of a cell on the console, reverse video included."""
    fore = RGB[style.color.name if style.color and style.color.name in RGB else "default"]
    back = RGB[style.bgcolor.name if style.bgcolor and style.bgcolor.name in RGB else "black"]
    return (back, fore) if style.reverse else (fore, back)


def colours_of(app):
    """The names of all colours on the screen."""
    styles = [s.style for strip in app.screen._compositor.render_strips() for s in strip if s.style]
    return styles, {c.name for style in styles for c in (style.color, style.bgcolor) if c}


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_the_screen_is_as_it_was_written_down(engine, scene):
    """If it is meant to differ: make screens, and look at the difference."""

    def look(size, app, high):
        check_console(app)
        assert scene.screen == app.screen.NAME
        if size in SIZES:
            golden = GOLDENS / f"{size[0]}x{size[1]}" / f"{scene.name}.txt"
            assert masked(app) == golden.read_text(encoding="utf-8"), f"{golden} (high contrast: {high})"
        styles, names = colours_of(app)
        assert names - {"default"} <= RGB.keys(), names
        for style in styles:
            assert contrast(*shown(style)) >= LEAST_CONTRAST, style

    looks(engine, scene, (*SIZES, *EXTREME), look)


def test_every_screen_has_a_scene():
    assert {scene.screen for scene in SCENES} == set(actions.SCREENS)


def test_no_golden_is_left_over():
    names = {scene.name for scene in SCENES}
    assert {path.stem for path in (*GOLDENS.rglob("*.txt"), *GOLDENS.rglob("*.svg"))} == names


def test_the_contrast_is_computed_as_the_guidelines_say():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((170, 0, 0), (0, 0, 0)) < LEAST_CONTRAST  # why red is not used
