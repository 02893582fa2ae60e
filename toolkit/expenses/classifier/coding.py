"""The model's file: a magic word, the digest of what follows, a JSON heading, three arrays. No code can hide in it."""

from __future__ import annotations

import json
import sys
from array import array
from hashlib import sha256
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.errors import InputError
from toolkit.expenses.classifier.features import VIEWS
from toolkit.expenses.classifier.model import Model

if TYPE_CHECKING:
    from pathlib import Path

MAGIC: Final = b"sotay-model\x00"
FORMAT: Final = 1
"""Grows when the pieces or the file change; a file of another format is refused."""
LARGEST: Final = 16_000_000  # bytes; ours has two million
_DIGEST = 32
_HEADING_LENGTH = 4
_ARRAYS: Final = (("keys", "I", 4), ("rarity", "H", 2), ("weights", "b", 1))


def encode(model: Model) -> bytes:
    """The bytes of a model's file; the same model gives the same bytes on every machine."""
    heading = {
        "format": FORMAT,
        "labels": model.labels,
        "pieces": len(model.keys),
        "scale": model.scale,
        "bias": model.bias,
        "emphasis": model.emphasis,
        "temperature": model.temperature,
        "threshold": model.threshold,
        "origin": dict(model.origin),
    }
    text = json.dumps(heading, sort_keys=True, ensure_ascii=False).encode()
    body = (
        len(text).to_bytes(_HEADING_LENGTH, "little")
        + text
        + b"".join(_little(getattr(model, name)).tobytes() for name, _, _ in _ARRAYS)
    )
    return MAGIC + sha256(body).digest() + body


def decode(data: bytes) -> Model:
    """A model from the bytes of its file.

    Raises InputError("expenses.model_foreign") if this is no model of ours, "expenses.model_damaged" if a byte differs
    from what was written, "expenses.model_other_format" if another version of the program wrote it.
    """
    if not data.startswith(MAGIC) or len(data) > LARGEST:
        raise InputError("expenses.model_foreign")
    start = len(MAGIC) + _DIGEST
    body = memoryview(data)[start:]
    if sha256(body).digest() != data[len(MAGIC) : start]:
        raise InputError("expenses.model_damaged")
    try:
        length = int.from_bytes(body[:_HEADING_LENGTH], "little")
        heading: dict[str, Any] = json.loads(bytes(body[_HEADING_LENGTH : _HEADING_LENGTH + length]))
        if heading["format"] != FORMAT:
            raise InputError("expenses.model_other_format", found=int(heading["format"]), wanted=FORMAT)
        return _model(heading, body[_HEADING_LENGTH + length :])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise InputError("expenses.model_damaged") from error


def load(path: Path) -> Model:
    """The model in a file. Raises what `decode` raises; InputError("expenses.model_missing") if it can't be read."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise InputError("expenses.model_missing", path=str(path)) from error
    return decode(data)


def _model(heading: dict[str, Any], rest: memoryview) -> Model:
    """The model, its parts checked against each other: a file may be whole and still not make sense."""
    labels = tuple(str(label) for label in heading["labels"])
    pieces = int(heading["pieces"])
    sizes = {"keys": pieces, "rarity": pieces, "weights": pieces * len(labels)}
    if len(rest) != sum(sizes[name] * size for name, _, size in _ARRAYS):
        raise ValueError
    arrays: dict[str, array[int]] = {}
    for name, code, size in _ARRAYS:
        end = sizes[name] * size
        arrays[name] = _little(array(code, rest[:end].tobytes()))
        rest = rest[end:]
    numbers = [float(heading[name]) for name in ("scale", "temperature", "threshold")]
    bias = tuple(float(one) for one in heading["bias"])
    emphasis = tuple(float(one) for one in heading["emphasis"])
    if (
        len(bias) != len(labels)
        or len(emphasis) != 2 * len(VIEWS)
        or len(set(labels)) != len(labels)
        or not all(map(isfinite, (*numbers, *bias, *emphasis)))
        or numbers[1] <= 0
        or 0 in arrays["rarity"]
    ):
        raise ValueError
    origin = {str(name): str(value) for name, value in heading["origin"].items()}
    return Model(
        labels=labels,
        keys=arrays["keys"],
        rarity=arrays["rarity"],
        weights=arrays["weights"],
        scale=numbers[0],
        bias=bias,
        emphasis=emphasis,
        temperature=numbers[1],
        threshold=numbers[2],
        origin=origin,
    )


def _little(numbers: array[int]) -> array[int]:
    if sys.byteorder == "little":
        return numbers
    swapped = array(numbers.typecode, numbers)
    swapped.byteswap()
    return swapped
