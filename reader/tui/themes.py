"""The themes: dark, light, and the terminal's own colours. Every colour on the screen comes from here."""

from __future__ import annotations

from textual.theme import Theme


def _theme(name: str, *, dark: bool, background: str, text: str, bright: str, faint: str, rule: str, cursor: str, accent: str, error: str,
           kinds: tuple[str, str, str, str, str]) -> Theme:  # fmt: skip
    figure, score, quote, hedge, forecast = kinds
    return Theme(
        name=name, dark=dark, primary=accent, accent=accent, error=error, warning=hedge, success=quote,
        foreground=text, background=background, surface=background, panel=background,
        variables={
            "bright": bright, "faint": faint, "rule": rule, "cursor": cursor, "fact-figure": figure, "fact-score": score,
            "fact-quote": quote, "fact-hedge": hedge, "fact-forecast": forecast, "fact-cursor": accent, "fact-cursor-text": background,
            "block-cursor-background": cursor, "block-cursor-foreground": bright, "block-cursor-blurred-background": cursor,
            "scrollbar": rule, "scrollbar-background": background, "scrollbar-corner-color": background,
            "scrollbar-background-hover": background, "scrollbar-background-active": background, "scrollbar-hover": faint,
            "scrollbar-active": accent,
        },
    )  # fmt: skip


DARK = _theme(
    "briefing-dark", dark=True, background="#11151c", text="#bcc5d0", bright="#f2f5f8", faint="#6f7b8a", rule="#2a323d", cursor="#222c39",
    accent="#e8a33d", error="#f0716b", kinds=("#56c7d6", "#d18be8", "#8cc878", "#d9b44a", "#74a8f5"),
)  # fmt: skip
LIGHT = _theme(
    "briefing-light", dark=False, background="#fbfaf6", text="#3a4049", bright="#0c0f14", faint="#838a94", rule="#dcd8cc", cursor="#ece6d6",
    accent="#b4560a", error="#b3261e", kinds=("#0b7285", "#9c1fb0", "#2b7a2b", "#946200", "#1d4fc4"),
)  # fmt: skip
TERMINAL = Theme(
    name="terminal", ansi=True, dark=True, primary="ansi_yellow", accent="ansi_yellow", error="ansi_red", warning="ansi_yellow",
    success="ansi_green", foreground="ansi_default", background="ansi_default", surface="ansi_default", panel="ansi_default",
    boost="ansi_default",
    variables={
        "bright": "ansi_default", "faint": "ansi_bright_black", "rule": "ansi_bright_black", "cursor": "ansi_blue",
        "fact-figure": "ansi_cyan", "fact-score": "ansi_magenta", "fact-quote": "ansi_green", "fact-hedge": "ansi_yellow",
        "fact-forecast": "ansi_blue", "fact-cursor": "ansi_yellow", "fact-cursor-text": "ansi_black",
        "block-cursor-background": "ansi_blue", "block-cursor-foreground": "ansi_bright_white",
        "block-cursor-blurred-background": "ansi_bright_black", "block-cursor-blurred-foreground": "ansi_bright_white",
        "ansi-background": "ansi_black", "ansi-foreground": "ansi_white",
        "screen-selection-background": "ansi_bright_blue", "screen-selection-foreground": "ansi_black",
        "input-cursor-background": "ansi_white", "input-cursor-foreground": "ansi_black",
        "scrollbar": "ansi_bright_black", "scrollbar-hover": "ansi_white", "scrollbar-active": "ansi_yellow",
        "scrollbar-background": "ansi_default", "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default", "scrollbar-corner-color": "ansi_default",
        "input-selection-background": "ansi_bright_blue", "input-selection-foreground": "ansi_black",
    },
)  # fmt: skip
THEMES = (DARK, LIGHT, TERMINAL)

OWN_VARIABLES = {
    name: DARK.variables[name]
    for name in DARK.variables
    if name.startswith(("bright", "faint", "rule", "cursor", "fact-"))
}
"""Fallbacks for our own variables under a theme that knows nothing of them."""
