"""The model: the same on every run, stored safely, trained only when it must be."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from app.classification.corpus.compose import compose_examples
from app.classification.corpus.plans import parse_plans
from app.classification.model import load_model, model_file, predict, store_model
from app.classification.pipeline import obtain_model
from app.classification.reading import read
from app.classification.training import train_model
from app.classification.values import EmailClass, EmailValue, ThreadContext

FEW = 1


def test_training_twice_gives_the_same_weights() -> None:
    first, second = train_model(FEW), train_model(FEW)
    assert first.vocabulary == second.vocabulary
    assert np.array_equal(first.weights, second.weights)
    assert np.array_equal(first.gate, second.gate)
    assert (first.temperature, first.gate_temperature) == (second.temperature, second.gate_temperature)


def test_probabilities_are_probabilities(model_folder: Path) -> None:
    model = load_model(model_folder)
    assert model is not None
    readings = [read(e.email, e.context) for e in compose_examples(FEW)]
    for prediction in predict(model, readings):
        assert sum(prediction.classes.values()) == pytest.approx(1.0)
        assert set(prediction.classes) == set(EmailClass)
        assert 0.0 <= prediction.job_related <= 1.0


def test_a_stored_model_predicts_the_same(tmp_path: Path) -> None:
    model = train_model(FEW)
    store_model(model, tmp_path / "new")
    loaded = load_model(tmp_path / "new")
    assert loaded is not None
    readings = [read(e.email, e.context) for e in compose_examples(1)]
    assert predict(model, readings) == predict(loaded, readings)
    assert [p.name for p in (tmp_path / "new").iterdir()] == [model_file(tmp_path).name]


@pytest.mark.parametrize("damage", ["empty", "text", "cut", "flipped", "foreign"])
def test_a_damaged_file_is_no_model(model_folder: Path, tmp_path: Path, damage: str) -> None:
    good = model_file(model_folder).read_bytes()
    middle = len(good) // 2
    content = {
        "empty": b"",
        "text": b"not a model",
        "cut": good[:middle],
        "flipped": good[:middle] + bytes([good[middle] ^ 0xFF]) + good[middle + 1 :],
    }
    path = model_file(tmp_path)
    if damage == "foreign":
        np.savez_compressed(path, head=np.array('{"vocabulary": ["a"]}'), weights=np.zeros((3, 2)))
    else:
        path.write_bytes(content[damage])
    assert load_model(tmp_path) is None


def test_a_damaged_cache_is_trained_again_and_replaced(tmp_path: Path) -> None:
    path = model_file(tmp_path)
    path.write_bytes(b"broken")
    trained = obtain_model(tmp_path, FEW)
    stored = load_model(tmp_path)
    assert stored is not None
    assert np.array_equal(stored.weights, trained.weights)


def test_a_stored_model_is_not_trained_again(model_folder: Path) -> None:
    before = model_file(model_folder).stat().st_mtime_ns
    assert obtain_model(model_folder).vocabulary
    assert model_file(model_folder).stat().st_mtime_ns == before


def test_a_missing_folder_has_no_model(tmp_path: Path) -> None:
    assert load_model(tmp_path / "nowhere") is None


def test_every_class_is_taught_by_several_families_and_nothing_is_left_unfilled() -> None:
    families: dict[EmailClass, set[str]] = {}
    for example in compose_examples(FEW):
        families.setdefault(example.email_class, set()).add(example.family)
        text = example.email.subject + example.email.text + example.email.sender_email
        assert not set("{}") & set(text), (example.family, text)
        assert "[title]" not in text
        assert "[company]" not in text
    assert set(families) == set(EmailClass)
    assert min(len(names) for names in families.values()) >= 4


def test_the_corpus_is_the_same_every_time() -> None:
    once = Counter((e.family, e.email.subject, e.email.text) for e in compose_examples(FEW))
    again = Counter((e.family, e.email.subject, e.email.text) for e in compose_examples(FEW))
    assert once == again


def test_an_incomplete_plan_is_refused() -> None:
    with pytest.raises(ValueError, match="three lines"):
        parse_plans("family OFFER own\n  greeting offer\n")


def test_predicting_nothing_is_nothing(model_folder: Path) -> None:
    model = load_model(model_folder)
    assert model is not None
    assert predict(model, []) == []
    blank = read(EmailValue(subject="", sender_name="", sender_email="", text=""), ThreadContext())
    assert len(predict(model, [blank])) == 1
