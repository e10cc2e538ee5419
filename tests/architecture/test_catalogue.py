"""The catalogue names every action once, and every action keeps the house's rules."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel, ValidationError

from executor.actions import BY_TASK_TYPE, CATALOGUE, Write, same_effect
from tests.architecture.source import ROOT

if TYPE_CHECKING:
    from executor.actions import Action

FOLDER = ROOT / "executor" / "actions"
NO_ACTIONS = {"__init__", "action"}

MODELS = [
    pytest.param(model, id=model.__name__)
    for action in CATALOGUE
    for model in (action.input_model, action.output_model)
]


def class_name(task_type: str) -> str:
    return "".join(word.capitalize() for word in task_type.split("_"))


def test_no_file_is_forgotten() -> None:
    """Every file of the folder is an action that the catalogue names."""
    files = {path.stem for path in FOLDER.glob("*.py")} - NO_ACTIONS
    forgotten = sorted(files - {action.task_type for action in CATALOGUE})
    lines = "\n".join(f"    {class_name(name)}()," for name in forgotten)

    assert forgotten == [], f"add to CATALOGUE in executor/actions/__init__.py:\n{lines}"


@pytest.mark.parametrize("action", CATALOGUE, ids=lambda action: action.task_type)
def test_an_action_lives_in_its_own_file(action: Action[Any, Any]) -> None:
    """The file, the class and the task type share one name."""
    assert (f"executor.actions.{action.task_type}", class_name(action.task_type)) == (
        type(action).__module__,
        type(action).__name__,
    )


def test_the_catalogue_is_sorted() -> None:
    """Actions stand in the order of their names, so that a new line has one place."""
    names = [action.task_type for action in CATALOGUE]

    assert sorted(set(names)) == names


def test_every_action_is_found_by_its_task_type() -> None:
    """The look-up holds the whole catalogue."""
    assert list(BY_TASK_TYPE.values()) == list(CATALOGUE)


@pytest.mark.parametrize("action", CATALOGUE, ids=lambda action: action.task_type)
def test_every_action_has_a_test_file(action: Action[Any, Any]) -> None:
    """What acts on LinkedIn is tested against the sandbox, in a file that is easy to find."""
    name = f"test_{action.task_type}.py"

    assert list((ROOT / "tests" / "executor").rglob(name)), f"add tests/executor/{name}"


@pytest.mark.parametrize("action", CATALOGUE, ids=lambda action: action.task_type)
def test_every_action_says_what_it_does(action: Action[Any, Any]) -> None:
    """An action explains itself."""
    assert type(action).__doc__


@pytest.mark.parametrize(
    "action",
    [action for action in CATALOGUE if isinstance(action, Write)],
    ids=lambda action: action.task_type,
)
def test_every_write_has_a_careful_pace(action: Write[Any, Any]) -> None:
    """Nobody has to configure anything for an account to be treated with care."""
    assert action.pace.gap >= timedelta(seconds=30)
    assert action.pace.per_day is not None
    assert action.pace.per_day <= 100


@pytest.mark.parametrize(
    "action",
    [action for action in CATALOGUE if isinstance(action, Write) and action.undone_by],
    ids=lambda action: action.task_type,
)
def test_what_undoes_a_write_is_told_by_both(action: Write[Any, Any]) -> None:
    """The types of one effect are undone by one type, whose output names what theirs name."""
    undoing = action.undone_by
    assert undoing is not None
    alike = [BY_TASK_TYPE[each] for each in same_effect(action)]

    assert {each.undone_by for each in alike if isinstance(each, Write)} == {undoing}
    assert undoing.names in BY_TASK_TYPE[undoing.task_type].output_model.model_fields
    assert any(undoing.names in each.output_model.model_fields for each in alike)


@pytest.mark.parametrize("model", MODELS)
def test_models_are_strict_and_discreet(model: type[BaseModel]) -> None:
    """Models do not change, take nothing unknown, and keep what people wrote out of errors."""
    config = model.model_config
    wanted = {"frozen": True, "extra": "forbid", "hide_input_in_errors": True}

    missing = {key: value for key, value in wanted.items() if config.get(key) != value}

    assert missing == {}, f"add to model_config of {model.__name__}: {missing}"


@pytest.mark.parametrize("action", CATALOGUE, ids=lambda action: action.task_type)
def test_a_refused_input_is_not_quoted(action: Action[Any, Any]) -> None:
    """An error about an input never shows the words that somebody wrote."""
    fields = action.input_model.model_fields
    secret = "Dear Ada " * 2000

    with pytest.raises(ValidationError) as caught:
        action.input_model.model_validate(dict.fromkeys([*fields, "unknown"], secret))

    assert "Ada" not in str(caught.value)
