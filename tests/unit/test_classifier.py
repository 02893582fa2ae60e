"""The classifier at run time: it adds up exactly what scikit-learn would, and its file is whole or refused."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.small_training import lines, small_model
from toolkit.core.errors import InputError
from toolkit.core.wording import normalise
from toolkit.expenses.categories import LEAVES
from toolkit.expenses.classifier.coding import FORMAT, LARGEST, MAGIC, decode, encode, load
from toolkit.expenses.classifier.features import VIEWS, bags, key
from toolkit.expenses.classifier.keywords import by_keywords
from toolkit.expenses.shipped import MODEL

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.expenses.classifier.model import Model

WORDS = st.sampled_from([word for line in lines() for word in line.core.split()] + ["con", "cho", "xyz", "ở", "cf"])
PHRASES = st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=60)


def scikit_learns_answer(model: Model, phrase: str) -> list[float]:
    """The decision function of scikit-learn's own vectorisers and classifier, with the model's quantised weights."""
    import numpy as np
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
    from sklearn.svm import LinearSVC

    known = {one: place for place, one in enumerate(model.keys)}
    weights = np.array(model.weights, dtype=float).reshape(len(model.keys), len(model.labels)) * model.scale
    rows = []
    for bag in range(2 * len(VIEWS)):
        counter = CountVectorizer(
            analyzer=lambda text, bag=bag: [str(key(bag, piece)) for piece in bags(text)[bag]],
            vocabulary={str(one): place for one, place in known.items()},
        )
        tfidf = TfidfTransformer(norm="l2", use_idf=True, sublinear_tf=True)
        tfidf.fit(csr_matrix((1, len(known))))
        tfidf.idf_ = np.array(model.rarity, dtype=float) / 4096
        rows.append(tfidf.transform(counter.transform([phrase])) * model.emphasis[bag])
    machine = LinearSVC()
    machine.classes_ = np.array(model.labels)
    machine.coef_ = np.hstack([weights.T] * len(rows))
    machine.intercept_ = np.array(model.bias)
    machine.n_features_in_ = machine.coef_.shape[1]
    answer: list[float] = machine.decision_function(hstack(rows).tocsr())[0].tolist()
    return answer


@settings(max_examples=60)
@given(PHRASES)
def test_the_scorer_says_what_scikit_learn_says(text: str) -> None:
    model, phrase = small_model(), normalise(text)
    assert model.scores(phrase) == pytest.approx(scikit_learns_answer(model, phrase), abs=1e-9)


@pytest.mark.parametrize(
    "text", ["ăn phở với Lan", "do xang", "mua thuốc cho mẹ", "", "grab đi gặp khách grab grab", "🍜"]
)
def test_the_shipped_model_says_what_scikit_learn_says(text: str) -> None:
    model, phrase = load(MODEL), normalise(text)
    assert model.scores(phrase) == pytest.approx(scikit_learns_answer(model, phrase), abs=1e-9)


@given(PHRASES, st.sets(st.sampled_from(sorted(small_model().labels)), min_size=1))
def test_probabilities_are_of_the_open_labels_and_sum_to_one(text: str, among: set[str]) -> None:
    found = small_model().probabilities(normalise(text), among)
    assert set(found) == among
    assert sum(found.values()) == pytest.approx(1)
    assert all(0 <= one <= 1 and math.isfinite(one) for one in found.values())


def test_a_model_read_back_is_the_model_that_was_written() -> None:
    assert decode(encode(small_model())) == small_model()
    assert encode(decode(encode(small_model()))) == encode(small_model())


@given(st.binary(max_size=200))
def test_no_bytes_but_our_own_are_a_model(data: bytes) -> None:
    with pytest.raises(InputError, match=r"expenses\.model_(foreign|damaged)"):
        decode(data)


def resealed(change: dict[str, object]) -> bytes:
    """A file whose digest is right and whose heading says something else."""
    data = encode(small_model())
    body = data[len(MAGIC) + 32 :]
    length = int.from_bytes(body[:4], "little")
    heading = {**json.loads(body[4 : 4 + length]), **change}
    text = json.dumps(heading).encode()
    sealed = len(text).to_bytes(4, "little") + text + body[4 + length :]
    return MAGIC + hashlib.sha256(sealed).digest() + sealed


@pytest.mark.parametrize(
    "change",
    [
        {"labels": []}, {"labels": ["food"] * 8}, {"pieces": 10**9}, {"pieces": -1}, {"pieces": "x"}, {"bias": [0]},
        {"bias": None}, {"temperature": 0}, {"temperature": "NaN"}, {"scale": float("inf")}, {"emphasis": [1, 2]},
        {"origin": None}, {"origin": []}, {"threshold": None}, {"format": None},
    ],
)  # fmt: skip
def test_a_file_that_is_whole_but_makes_no_sense_is_damaged(change: dict[str, object]) -> None:
    with pytest.raises(InputError, match=r"expenses\.model_damaged"):
        decode(resealed(change))


def test_another_format_says_which() -> None:
    with pytest.raises(InputError) as caught:
        decode(resealed({"format": FORMAT + 1}))
    assert caught.value.problem.code == "expenses.model_other_format"
    assert caught.value.problem.params == {"found": FORMAT + 1, "wanted": FORMAT}


def test_an_endless_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    with path.open("wb") as file:
        file.write(MAGIC)
        file.truncate(LARGEST * 4)
    with pytest.raises(InputError, match=r"expenses\.model_foreign"):
        load(path)


def test_a_folder_or_nothing_in_the_place_of_the_file_is_a_missing_model(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(InputError, match=r"expenses\.model_missing"):
            load(path)


def test_words_speak_for_the_label_they_carry() -> None:
    spoke = dict(small_model().spoke("hôm qua đổ xăng", "transport"))
    assert spoke["xăng"] > 0
    assert spoke["xăng"] > abs(spoke["hôm"])
    assert small_model().spoke("", "transport") == []


def test_repeated_words_count_less_each_time() -> None:
    model = small_model()
    place = model.labels.index("transport")
    once, often = model.scores("xăng")[place], model.scores("xăng xăng xăng xăng")[place]
    assert math.isfinite(often)
    assert often != once


def test_an_unknown_phrase_is_left_to_the_bias() -> None:
    model = replace(small_model(), bias=tuple(float(n) for n in range(len(small_model().labels))))
    assert model.scores("qqq") == list(model.bias)


@given(st.text(max_size=60))
def test_keywords_rank_every_open_label_once(text: str) -> None:
    assert sorted(by_keywords(normalise(text), tuple(LEAVES))) == sorted(LEAVES)


def test_the_longest_keyword_goes_first() -> None:
    assert by_keywords(normalise("mua quà cho mẹ"), ("gifts", "family", "food"))[0] == "family"
    assert by_keywords(normalise("tien dien"), ("food", "utilities"))[0] == "utilities"
