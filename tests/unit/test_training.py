"""Training's parts: the labelled lines, the slips, the measures and the threshold."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.small_training import lines, small_model, write_data
from toolkit.core.errors import InputError
from toolkit.core.text import strip_marks
from toolkit.core.wording import normalise
from toolkit.expenses.categories import LEAVES
from toolkit.expenses.shipped import DATA
from toolkit.expenses.training.augment import WAYS, examples
from toolkit.expenses.training.build import folds
from toolkit.expenses.training.calibrate import Judged, temperature_of, threshold_of
from toolkit.expenses.training.fit import fit
from toolkit.expenses.training.measure import TYPINGS, accuracy, calibration_error, confusions, macro_f1, saved, typed
from toolkit.expenses.training.slips import leaked, one_mark_off, one_typo, one_word_off, teencode
from toolkit.expenses.training.voices import (
    GAZETTEER,
    HELD_OUT,
    Labelled,
    digest,
    is_measured,
    read_gazetteer,
    read_voices,
    training_lines,
)

if TYPE_CHECKING:
    from pathlib import Path

CORES = st.sampled_from([line.core for line in lines()]) | st.text(max_size=40)
SEEDS = st.integers(0, 999).map(Random)


def judgement(label: str, **scores: float) -> Judged:
    return Judged(tuple(scores), tuple(scores.values()), label, "a")


# --- the lines ---


def test_the_held_out_voices_are_read_only_when_they_are_named() -> None:
    assert not {line.voice for line in read_voices(DATA / "voices")} & set(HELD_OUT)
    assert {line.voice for line in read_voices(DATA / "voices", HELD_OUT)} == set(HELD_OUT)


@pytest.mark.parametrize("line", ["food", "food ăn phở", "nofood\tăn phở", "food\t ", "\tăn phở"])
def test_a_line_that_is_no_label_and_core_is_named_by_file_and_row(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.tsv").write_text(f"# voice: a\nfood\tbún\n{line}\n", "utf-8")
    with pytest.raises(InputError) as caught:
        read_voices(tmp_path)
    assert caught.value.problem.code == "expenses.training_line"
    assert (caught.value.problem.place.file, caught.value.problem.place.row) == ("a.tsv", 3)


def test_a_voice_that_is_not_there_is_told(tmp_path: Path) -> None:
    for wanted in (None, ["nobody"]):
        with pytest.raises(InputError, match="training_data_missing"):
            read_voices(tmp_path, wanted)
    with pytest.raises(InputError, match="training_data_missing"):
        read_gazetteer(tmp_path / "none.tsv")


def test_things_of_the_gazetteer_are_lines_of_a_voice_that_is_never_measured(tmp_path: Path) -> None:
    found = training_lines(write_data(tmp_path))
    assert Labelled("xe ôm", "transport", GAZETTEER) in found
    assert not is_measured(GAZETTEER)
    assert not is_measured("extra-work-life")
    assert all(GAZETTEER not in group for group in folds(found))


def test_the_digest_changes_with_every_line() -> None:
    told = lines()
    assert digest(told) == digest(list(told))
    assert len({digest(told), digest(told[1:]), digest([*told[1:], told[0]])}) == 3


def test_every_voice_is_unseen_once() -> None:
    found = folds(lines(), 2)
    assert sorted(voice for group in found for voice in group) == ["voice-0", "voice-1", "voice-2"]


# --- the slips ---


@given(CORES, SEEDS)
def test_slips_are_drawn_alike_from_the_same_seed(core: str, draw: Random) -> None:
    state = draw.getstate()
    for slip in (one_typo, one_mark_off, leaked, teencode, one_word_off):
        draw.setstate(state)
        first = slip(core, draw)
        draw.setstate(state)
        assert slip(core, draw) == first


@given(CORES, SEEDS)
def test_a_typo_changes_at_most_two_letters(core: str, draw: Random) -> None:
    changed = one_typo(core, draw)
    assert abs(len(changed) - len(core)) <= 1
    same = next((at for at, (one, other) in enumerate(zip(core, changed, strict=False)) if one != other), len(core))
    assert core[same + 2 :] in changed


@pytest.mark.parametrize(
    "core", ["đổ xăng", "ăn phở với Lan", "tiền điện tháng này", "mua thuốc cho mẹ", "trả nợ ngân hàng"]
)
def test_what_the_keyboard_leaks_is_read_back(core: str) -> None:
    read = sum(normalise(leaked(core, Random(seed))) == normalise(core) for seed in range(40))
    assert read >= 30


def test_teencode_spells_as_young_people_do() -> None:
    spelt = {teencode("không mua điện thoại cho người yêu", Random(seed)) for seed in range(40)}
    assert any("ny" in text.split() for text in spelt)
    assert any({"ko", "k", "hok"} & set(text.split()) for text in spelt)


@given(st.sampled_from(lines()))
def test_every_example_keeps_its_label_and_the_phrase_as_written_counts_most(line: Labelled) -> None:
    made = examples([line])
    assert made[0].phrase == line.core
    assert {one.label for one in made} == {line.label}
    assert all(one.weight < made[0].weight for one in made[1:])
    assert len(made) <= len(WAYS) + 1
    assert strip_marks(line.core) in {one.phrase for one in made}


# --- fitting ---


def test_a_model_knows_the_phrases_it_was_trained_on() -> None:
    model = small_model()
    for line in lines():
        found = model.probabilities(normalise(line.core))
        assert max(found, key=lambda one: found[one]) == line.label, line.core


def test_a_model_of_few_pieces_keeps_those_that_speak() -> None:
    small = fit(examples(lines()), pieces=300)
    assert len(small.keys) == 300
    assert list(small.keys) == sorted(small.keys)
    right = 0
    for line in lines():
        found = small.probabilities(normalise(line.core))
        right += max(found, key=lambda one: found[one]) == line.label
    assert right >= 0.9 * len(lines())


# --- the measures ---

SURE = [judgement("food", food=3.0, transport=0.0), judgement("transport", food=0.0, transport=3.0)]
WRONG = [judgement("food", food=0.0, transport=3.0)]


def test_accuracy_f1_and_confusions_count_what_they_say() -> None:
    assert accuracy(SURE, 1.0) == 1.0
    assert accuracy(SURE + WRONG, 1.0) == pytest.approx(0.6667)
    assert macro_f1(SURE, 1.0) == 1.0
    assert macro_f1(SURE + WRONG, 1.0) == pytest.approx(0.6667)
    assert confusions(SURE + WRONG, 1.0) == [("food", "transport", 1)]


def test_kind_known_asks_only_among_the_kind() -> None:
    one = judgement("food", food=1.0, salary=3.0)
    assert accuracy([one], 1.0) == 0.0
    assert accuracy([one], 1.0, kind_known=True) == 1.0


def test_the_calibration_error_is_the_gap_between_certainty_and_truth() -> None:
    assert calibration_error(SURE, 0.1) == pytest.approx(0.0, abs=1e-4)
    assert calibration_error(WRONG, 0.1) == pytest.approx(1.0, abs=1e-4)


def test_what_is_saved_is_what_reaches_the_threshold() -> None:
    unsure = [judgement("food", food=0.1, transport=0.0)]
    assert saved(SURE + unsure, 1.0, 0.9, kind_known=False) == {"share": 0.6667, "right": 1.0}
    assert saved(unsure, 1.0, 0.9, kind_known=False) == {"share": 0.0, "right": 0.0}


@given(st.lists(st.tuples(st.floats(-3, 3), st.booleans()), min_size=5, max_size=60), st.floats(0.5, 1.0))
def test_what_the_threshold_lets_through_is_right_as_often_as_wanted(
    said: list[tuple[float, bool]], wanted: float
) -> None:
    answers = [
        judgement("food" if (lead > 0) == right else "transport", food=lead, transport=0.0) for lead, right in said
    ]
    least = threshold_of(answers, 1.0, wanted)
    for known in (False, True):
        found = saved(answers, 1.0, least, kind_known=known)
        assert found["share"] == 0.0 or found["right"] >= wanted - 1e-4


def test_the_temperature_makes_certainty_as_large_as_it_is_right() -> None:
    half = [judgement("food", food=1.0, transport=0.0), judgement("transport", food=1.0, transport=0.0)] * 20
    always = [judgement("food", food=1.0, transport=0.0)] * 40
    assert temperature_of(half) > 1.9
    assert temperature_of(always) < 0.1


def test_phrases_are_measured_as_they_would_be_typed() -> None:
    told = [Labelled("đổ xăng", "transport", "a")]
    assert typed(told, "as_typed") == [("đổ xăng", "transport", "a")]
    assert typed(told, "without_marks") == [("do xang", "transport", "a")]
    assert all(len(typed(told, typing)) == 1 for typing in TYPINGS)
    assert set(LEAVES) >= {"transport"}
