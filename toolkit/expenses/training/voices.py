"""The labelled phrases, voice by voice. A voice is one writer; evaluation never shares one between train and test."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import InputError
from toolkit.core.outcome import Place
from toolkit.expenses.categories import LEAVES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

HELD_OUT: Final = ("cantho-collaborator", "thainguyen-accountant")
"""Two whole voices that training never sees: what metrics.json reports is counted over them."""
EXTRA: Final = "extra-"
"""How a voice begins that was written for the weakest leaves, after a look at mistakes."""
GAZETTEER: Final = "gazetteer"
"""The voice of the lists of things, brands and places."""


@dataclass(frozen=True)
class Labelled:
    """A phrase core, its leaf, and whose it is."""

    core: str
    label: str
    voice: str


def is_measured(voice: str) -> bool:
    """Does this voice take its turn at being unseen? What was written after a look at mistakes is only learnt from."""
    return voice != GAZETTEER and not voice.startswith(EXTRA)


def read_voices(folder: Path, voices: Iterable[str] | None = None) -> list[Labelled]:
    """The lines of `folder`/<voice>.tsv, `label<TAB>core`, in the order of the files' names and of their lines.

    Without `voices`, every voice but the held-out ones. Raises InputError("expenses.training_line") naming a line that
    isn't a leaf and a core, "expenses.training_data_missing" if there is no such file.
    """
    wanted = None if voices is None else set(voices)
    paths = sorted(folder.glob("*.tsv"))
    chosen = [path for path in paths if (path.stem not in HELD_OUT if wanted is None else path.stem in wanted)]
    if not chosen or (wanted is not None and len(chosen) != len(wanted)):
        raise InputError("expenses.training_data_missing", path=str(folder))
    return [line for path in chosen for line in _read(path)]


def read_gazetteer(path: Path) -> list[Labelled]:
    """The things of a gazetteer, `label<TAB>thing; thing; …`, each once. Raises as `read_voices`."""
    if not path.is_file():
        raise InputError("expenses.training_data_missing", path=str(path))
    listed = [
        Labelled(thing.strip(), line.label, GAZETTEER)
        for line in _read(path)
        for thing in line.core.split(";")
        if thing.strip()
    ]
    return list({(one.core.lower(), one.label): one for one in listed}.values())


def training_lines(data: Path) -> list[Labelled]:
    """All that the shipped model learns from: the voices that aren't held out, and the gazetteer. Raises as they do."""
    return [*read_voices(data / "voices"), *read_gazetteer(data / "gazetteer.tsv")]


def _read(path: Path) -> list[Labelled]:
    lines = []
    for row, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        label, tab, core = line.partition("\t")
        if not tab or label not in LEAVES or not core.strip():
            raise InputError("expenses.training_line", Place(file=path.name, row=row), value=line)
        lines.append(Labelled(core.strip(), label, path.stem))
    return lines


def digest(lines: Iterable[Labelled]) -> str:
    """SHA-256 of the lines in their order: which data a model was made from."""
    told = sha256()
    for line in lines:
        told.update(f"{line.voice}\t{line.label}\t{line.core}\n".encode())
    return told.hexdigest()
