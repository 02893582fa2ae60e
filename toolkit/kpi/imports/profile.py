"""Profiles: how the exports of a shop system are laid out. Data in `profiles/*.toml`, and what the member explained."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from toolkit.core.text import search_key
from toolkit.kpi.imports.model import FIELDS
from toolkit.kpi.imports.statuses import StatusWords

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.kpi.imports.model import DateOrder, Field
    from toolkit.kpi.model import Status

_FOLDER: Final = Path(__file__).parent / "profiles"
OWN_TABLE: Final = "toolkit"
"""The profile of the program's own CSV."""


@dataclass(frozen=True)
class Profile:
    """How one kind of export is laid out.

    `headings` are the names of each field, the preferred one first. `worth` says how a line's goods are worth
    reckoned, in order of preference ("amount", "gross-discount", "price*quantity"); `order_worth` the same where a row
    is a whole order. `total` is the order's field that the lines must sum up to, `proof` the reckoning that `amount`
    must agree with. `once` are the fields by which a line stands in an order only once, so that a repeated row is the
    same line. `dates` is how the system writes days. `continues`: a row without an order's number goes on with the one
    above. `point`: numbers are written plainly, with this sign before decimals.
    `no_status` is what orders are where the file has no column of states. `source` says how it is known.
    """

    id: str
    label: str
    headings: Mapping[str, tuple[str, ...]]
    worth: tuple[str, ...]
    source: str = ""
    marks: tuple[str, ...] = ()
    channel: str = ""
    of: str = ""
    order_worth: tuple[str, ...] = ()
    total: Field | Literal[""] = ""
    proof: str = ""
    once: tuple[Field, ...] = ()
    dates: DateOrder | Literal[""] = ""
    continues: bool = False
    descriptions: bool = False
    unit_rows: bool = False
    refunds_only: bool = False
    own: bool = False
    point: Literal["", "."] = ""
    no_status: Status | Literal[""] = ""
    statuses: StatusWords = field(default_factory=StatusWords)
    explained: bool = False

    @property
    def system(self) -> str:
        """The shop system that it is of; several profiles can be of one. A layout of the member's own is the same
        whatever it is called: its orders are known again by what its columns are."""
        if self.explained:
            said = sorted(f"{what}={search_key(name)}" for what, names in self.headings.items() for name in names)
            return f"own-{blake2b('|'.join(said).encode(), digest_size=4).hexdigest()}"
        return self.of or self.id


@dataclass(frozen=True)
class OwnProfile:
    """A layout as the member explained it: which heading holds what, how days are written, what states mean.

    One without columns adds states to the shipped profile of its name.
    """

    name: str
    columns: Mapping[str, Field]
    dates: DateOrder | Literal[""] = ""
    statuses: Mapping[str, Status] = field(default_factory=dict)
    channel: str = ""

    def as_profile(self) -> Profile:
        headings: dict[str, tuple[str, ...]] = {}
        for heading, what in self.columns.items():
            headings[what] = (*headings.get(what, ()), heading)
        return Profile(
            self.name, self.name, headings, worth_of(headings), source="", marks=tuple(self.columns),
            channel=self.channel, total="order_amount" if "amount" in headings or "price" in headings else "",
            order_worth=("order_amount",), dates=self.dates, no_status="" if "status" in headings else "done",
            statuses=StatusWords(told=dict(self.statuses)), explained=True,
        )  # fmt: skip


def worth_of(fields: Sequence[str] | Mapping[str, object]) -> tuple[str, ...]:
    """How a line's worth is reckoned where a member named the columns."""
    known = set(fields)
    if "gross" in known:
        return ("gross-discount",)
    return ("amount", "price*quantity")


@lru_cache(maxsize=1)
def known_profiles() -> tuple[Profile, ...]:
    """Every profile that is shipped, by its id."""
    return tuple(_profile(path) for path in sorted(_FOLDER.glob("[!_]*.toml")))


def profile_named(name: str) -> Profile | None:
    """The shipped profile of this id."""
    wanted = name.strip().lower().replace(" ", "-").replace("_", "-")
    return next((one for one in known_profiles() if one.id == wanted), None)


@lru_cache(maxsize=1)
def general_words() -> dict[str, Any]:
    """Words of states and of rows that add up, in any export."""
    return tomllib.loads((_FOLDER / "_words.toml").read_text("utf-8"))


def _profile(path: Path) -> Profile:
    data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    headings: dict[str, tuple[str, ...]] = {}
    for name, known in data.pop("headings").items():
        if name not in FIELDS:
            raise ValueError(f"no field of an export: {name}")
        headings[cast("Field", name)] = tuple(known)
    statuses = data.pop("statuses", {})
    returns = data.pop("returns", {})
    words = StatusWords({key: tuple(known) for key, known in statuses.items()},
                        {key: tuple(known) for key, known in returns.items()})  # fmt: skip
    plain: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    return Profile(path.stem, headings=headings, statuses=words, **plain)
