"""A06: a model file that is really a pickle, a joblib dump or an archive runs nothing: it is refused unread."""

from __future__ import annotations

import io
import pickle
import zipfile
from typing import TYPE_CHECKING

import pytest

from toolkit.core.errors import InputError
from toolkit.expenses.classifier.coding import MAGIC, load
from toolkit.expenses.sorting import Sorter

if TYPE_CHECKING:
    from pathlib import Path


class Canary:
    """Creates a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return open, (str(self.path), "w")


def hostile(canary: Path) -> dict[str, bytes]:
    import joblib
    import numpy as np

    pickled = pickle.dumps(Canary(canary))
    dumped, archive, arrays = io.BytesIO(), io.BytesIO(), io.BytesIO()
    joblib.dump(Canary(canary), dumped)
    with zipfile.ZipFile(archive, "w") as members:
        members.writestr("schema.json", "{}")
        members.writestr("model.pkl", pickled)
    np.savez(arrays, weights=np.array([Canary(canary)], dtype=object))
    return {
        "pickle": pickled,
        "joblib": dumped.getvalue(),
        "zip": archive.getvalue(),
        "npz": arrays.getvalue(),
        "pickle behind our magic word": MAGIC + pickled,
        "pickle in the place of the digest": MAGIC + pickled.ljust(64, b"."),
    }


def test_nothing_hidden_in_a_model_runs(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    path = tmp_path / "model.bin"
    for name, data in hostile(canary).items():
        canary.unlink(missing_ok=True)
        path.write_bytes(data)
        with pytest.raises(InputError, match=r"expenses\.model_(foreign|damaged)"):
            load(path)
        assert Sorter.open(personal=path).notices, name
        assert not canary.exists(), name
