"""What somebody sees of a page who sees badly, or uses the keyboard alone, measured in the open page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from builders.browser import Opened

# Contrast as in WCAG 2.2, 1.4.3: of each text with what lies behind it; of a control's border, 1.4.11.
CONTRAST: Final = """() => {
    const parts = (colour) => (colour.match(/[0-9.]+/g) ?? [0, 0, 0, 0]).map(Number);
    const light = (colour) => {
        const part = (v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
        const [r, g, b] = parts(colour).map(v => part(v / 255));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
    const behind = (e) => {
        for (let at = e; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if ((parts(colour)[3] ?? 1) > 0) return colour;
        }
        return 'rgb(255, 255, 255)';
    };
    const found = [];
    for (const e of document.querySelectorAll('body *')) {
        if (!e.checkVisibility() || e.closest('svg')) continue;
        const style = getComputedStyle(e);
        const disabled = e.disabled || e.previousElementSibling?.disabled;
        if ([...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && !disabled) {
            const had = ratio(style.color, behind(e));
            if (had < 4.5) found.push(['text', e.className || e.tagName, e.textContent.slice(0, 30), had]);
        }
        if (e.matches('select, input:not([type=radio])')) {
            const had = ratio(style.borderTopColor, behind(e.parentElement));
            if (had < 3) found.push(['border', e.tagName, e.name, had]);
        }
    }
    return found;
}"""

# Where the focus is, and whether it can be seen: an outline of its own or of what stands for it.
FOCUS: Final = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const shows = e.matches('input[type=radio]') ? e.nextElementSibling : e;
    const style = getComputedStyle(shows);
    return {name: e.tagName.toLowerCase(), key: e.name || e.dataset.key || e.className,
            seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1};
}"""


def faint(opened: Opened) -> list[list[Any]]:
    """Texts and borders of controls that are too faint against what lies behind them."""
    found: list[list[Any]] = opened.page.evaluate(CONTRAST)
    return found


def tabbed(opened: Opened, most: int = 400) -> list[dict[str, Any]]:
    """Everything that the tabulator comes to, in order, until it leaves the page or has been pressed `most` times."""
    found: list[dict[str, Any]] = []
    for _ in range(most):
        opened.page.keyboard.press("Tab")
        here = opened.page.evaluate(FOCUS)
        if here is None:
            break
        found.append(here)
    return found
