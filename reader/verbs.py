"""The one table of verbs: keys, key bar, palette, help and the plain commands all read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mark:
    """A verb that changes the state of articles. `sets`: field to 0 or 1; `done` is how a notice says it; `undoes` names its opposite."""

    name: str
    sets: Mapping[str, int]
    done: str
    opposite: str


MARKS: Mapping[str, Mark] = {
    mark.name: mark
    for mark in (
        Mark("read", {"read": 1}, "marked read", "unread"),
        Mark("unread", {"read": 0}, "marked unread", "read"),
        Mark("star", {"starred": 1}, "starred", "unstar"),
        Mark("unstar", {"starred": 0}, "unstarred", "star"),
        Mark("done", {"done": 1, "read": 1, "later": 0}, "done", "undone"),
        Mark("undone", {"done": 0}, "back in the inbox", "done"),
        Mark("later", {"later": 1, "done": 0}, "kept for later", "unlater"),
        Mark("unlater", {"later": 0}, "no longer for later", "later"),
    )
}
"""Done also reads an article and takes it out of Later; Later also takes it out of Done: an article waits in one place only."""


def mark_named(name: str) -> Mark:
    """The mark `name`, or `tag:NAME` / `untag:NAME`. Raises KeyError, its text one line with the names there are."""
    if name in MARKS:
        return MARKS[name]
    kind, _, tag = name.partition(":")
    if kind in ("tag", "untag") and tag and not any(map(str.isspace, tag)):
        on = kind == "tag"
        return Mark(
            name,
            {f"tag:{tag}": int(on)},
            f"{'tagged' if on else 'untagged'} {tag}",
            f"{'untag' if on else 'tag'}:{tag}",
        )
    raise KeyError(f"no verb {name!r}; there are {', '.join(MARKS)}, tag:NAME, untag:NAME")


LIST, TEXT, FACTS = "list", "text", "facts"
"""The panes a verb can belong to."""


@dataclass(frozen=True, slots=True)
class Verb:
    """Something a key does. `action` is what the screen runs; `where` the panes it works in (empty: everywhere).

    `bar` maps a pane to the verb's place in its key bar; a verb without a place there is in the help only.
    """

    name: str
    """What a user's keymap calls it."""
    action: str
    keys: tuple[str, ...]
    label: str
    help: str
    where: frozenset[str] = frozenset()
    bar: Mapping[str, int] = field(default_factory=dict)
    group: str = "Go"


_READING = frozenset((TEXT, FACTS))

VERBS: tuple[Verb, ...] = (
    Verb("down", "move(1)", ("j", "down"), "down", "Next line"),
    Verb("up", "move(-1)", ("k", "up"), "up", "Previous line"),
    Verb("open", "open", ("enter",), "read", "Open the article under the cursor", frozenset((LIST,)), bar={LIST: 1}),
    Verb("back", "back", ("escape", "q"), "back", "Back to the list; in the list q quits", bar={TEXT: 9, FACTS: 9}),
    Verb("page-down", "page(1)", ("space", "pagedown"), "page", "A page down; at the end of a text the next unread story"),
    Verb("page-up", "page(-1)", ("b", "pageup"), "page up", "A page up"),
    Verb("first", "first", ("home",), "first", "To the first line"),
    Verb("last", "last", ("end", "G"), "last", "To the last line"),
    Verb("next-story", "story(1)", ("J",), "next story", "Next story, also while reading"),
    Verb("previous-story", "story(-1)", ("K",), "previous story", "Previous story, also while reading"),
    Verb("next-unread", "unread(1)", ("n",), "next unread", "Next unread story; after a search in the text its next hit"),
    Verb("previous-unread", "unread(-1)", ("N",), "previous unread", "Previous unread story; after a search in the text its previous hit"),
    Verb("next-fact", "fact(1)", ("c",), "next fact", "Next fact in the text", bar={TEXT: 1, FACTS: 1}, group="Facts"),
    Verb("previous-fact", "fact(-1)", ("C",), "previous fact", "Previous fact in the text", group="Facts"),
    Verb("diff", "diff", ("d",), "compare", "The story's figures, one column an outlet: where they agree and differ", bar={LIST: 6, TEXT: 2}, group="Compare"),
    Verb("outlets", "outlets", ("a",), "outlets", "All articles of the story, and why each is in it", group="Compare"),
    Verb("ledger", "ledger", ("number_sign",), "ledger", "Every report of the figure under the fact cursor over time", _READING, group="Compare"),
    Verb("quotes", "quotes", ("quotation_mark",), "quotes", "What the speaker under the fact cursor said; without one, all newest quotes", group="Compare"),
    Verb("dossier", "dossier", ("at",), "dossier", "All that is stored of a company, a model or a person", group="Compare"),
    Verb("board", "board", ("B",), "benchmarks", "Benchmark board: model by benchmark, settings never mixed", group="Compare"),
    Verb("promises", "promises", ("P",), "promises", "Promise board: forecasts and commitments by their day", group="Compare"),
    Verb("read", "toggle_mark('read')", ("m",), "read", "Mark read, or unread when it is", group="Triage"),
    Verb("unread", "mark('unread')", ("u",), "unread", "Mark unread", group="Triage"),
    Verb("done", "toggle_mark('done')", ("e",), "done", "Done: out of the inbox, kept in the store", bar={LIST: 2, TEXT: 5}, group="Triage"),
    Verb("later", "toggle_mark('later')", ("l",), "later", "Keep for later", bar={LIST: 3, TEXT: 6}, group="Triage"),
    Verb("star", "toggle_mark('star')", ("s",), "star", "Star", bar={LIST: 4, TEXT: 7}, group="Triage"),
    Verb("tag", "tag", ("t",), "tag", "Tag: type names, a minus takes one away", group="Triage"),
    Verb("select", "select", ("x",), "select", "Select the row; verbs then act on all that are selected", frozenset((LIST,)), group="Triage"),
    Verb("select-range", "select_range", ("V",), "select range", "Select from the last selected row to here", frozenset((LIST,)), group="Triage"),
    Verb("mark-all-read", "mark_all_read", ("A",), "all read", "Mark everything in this view read", frozenset((LIST,)), group="Triage"),
    Verb("clear-known", "clear_known", ("E",), "clear known", "Done with every story of this list that has nothing new", frozenset((LIST,)), group="Triage"),
    Verb("merge", "merge", ("M",), "merge", "Make the selected stories one; nothing regroups them afterwards", frozenset((LIST,)), group="Triage"),
    Verb("split", "split", ("S",), "split", "Take the article that is shown out of its story", group="Triage"),
    Verb("undo", "undo", ("z",), "undo", "Take the last change back, also after a restart", bar={LIST: 5}, group="Triage"),
    Verb("redo", "redo", ("Z",), "redo", "Do it again", group="Triage"),
    Verb("search", "search", ("slash",), "search", "Search all stored text", bar={LIST: 7}, group="Find"),
    Verb("filter", "filter", ("f",), "filter", "Filter this view by a query", group="Find"),
    Verb("open-link", "open_link", ("o",), "open", "Open the article in the browser", bar={TEXT: 4}, group="Links"),
    Verb("link-hints", "link_hints", ("semicolon",), "links", "Number the links of the text; type a number to open one", _READING, group="Links"),
    Verb("copy-url", "copy_url", ("y",), "copy URL", "Copy the article's address", group="Links"),
    Verb("copy-fact", "copy_fact", ("Y",), "copy fact", "Copy the fact under the cursor with its source", _READING, bar={FACTS: 2}, group="Links"),
    Verb("toggle-list", "toggle_list", ("left_square_bracket",), "list", "Hide or show the list while reading", group="Layout"),
    Verb("toggle-facts", "toggle_facts", ("right_square_bracket",), "facts", "Hide or show the facts", group="Layout"),
    Verb("zen", "zen", ("full_stop",), "text only", "Text only, and back", _READING, group="Layout"),
    Verb("next-pane", "next_pane", ("tab",), "pane", "Next pane; in a narrow window text and facts swap", bar={TEXT: 3}, group="Layout"),
    Verb("list-pane", "pane('list')", ("1",), "list", "To the list", group="Layout"),
    Verb("text-pane", "pane('text')", ("2",), "text", "To the text", group="Layout"),
    Verb("facts-pane", "pane('facts')", ("3",), "facts", "To the facts", group="Layout"),
    Verb("cycle-theme", "app.cycle_theme", ("T",), "theme", "Dark, light, the terminal's own colours", group="Layout"),
    Verb("fetch", "fetch", ("R",), "fetch", "Fetch all feeds now", group="Feeds"),
    Verb("full-text", "full_text", ("X",), "full text", "Ask for the full text: the article's own page, now", group="Feeds"),
    Verb("feeds", "feeds", (), "feeds", "State of every feed (g f)", group="Feeds"),
    Verb("go", "go", ("g",), "go to", "Go to: g then i u l s d a (views), f feeds, r new stories, g top", bar={LIST: 8}),
    Verb("command-palette", "app.command_palette", ("ctrl+p", "colon"), "commands", "Find any command by name", group="Help"),
    Verb("help", "help", ("question_mark", "f1"), "all keys", "Keys and what they do, searchable", bar={LIST: 9, TEXT: 8, FACTS: 8}, group="Help"),
    Verb("quit", "app.quit", ("ctrl+q",), "quit", "Quit", group="Help"),
)  # fmt: skip

PRESETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "default": {},
    "newsboat": {
        "read": ("N",), "next-unread": ("n",), "previous-unread": ("p",), "mark-all-read": ("A",), "fetch": ("r", "R"),
        "open-link": ("o",), "done": ("D",), "star": ("ctrl+e",), "command-palette": ("colon",),
    },
    "gmail": {
        "done": ("e",), "star": ("s",), "read": ("I",), "unread": ("U",), "select": ("x",),
        "later": ("b",), "page-up": ("pageup",), "tag": ("l",),
    },
}  # fmt: skip
"""Keymap presets: verbs with other keys than the default ones."""


def keymap(preset: str = "default", own: Mapping[str, tuple[str, ...]] | None = None) -> dict[str, tuple[str, ...]]:
    """Keys of every verb under `preset` and the user's `own` ones (verb to keys). A key given to one verb is taken from every other.

    Raises KeyError, its text one line, for a preset or verb that does not exist.
    """
    if preset not in PRESETS:
        raise KeyError(f"no keymap preset {preset!r}; there are {', '.join(PRESETS)}")
    keys = {verb.name: verb.keys for verb in VERBS}
    for name, wanted in (*PRESETS[preset].items(), *(own or {}).items()):
        if name not in keys:
            raise KeyError(f"no verb {name!r} to bind; there are {', '.join(keys)}")
        keys = {other: tuple(key for key in there if key not in wanted) for other, there in keys.items()}
        keys[name] = tuple(wanted)
    return keys
