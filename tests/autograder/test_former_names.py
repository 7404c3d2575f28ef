"""What a class's settings from version 0.1 name is still found."""

import importlib
import subprocess
import sys

import pytest
from nbconvert.filters import markdown2html

from autograder.former_names import FUNCTIONS, MODULES, up_to_date

# What version 0.1 put into nbgrader_config.py, and what an instructor could add from its guide.
NAMES = (
    "autograder.grading.feedback.GradesSoFar",
    "autograder.harmless.clean_text",
    "autograder.page_templates.folders",
    "autograder.pipeline.Judge",
    "autograder.pipeline.RequestEvidence",
    "autograder.pipeline.Sanitise",
    "autograder.release.NamedStub",
    "autograder.sandbox.execute.SandboxExecute",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_former_name_gives_what_there_is_today(name: str) -> None:
    module, _, attribute = name.rpartition(".")
    today, _, attribute_today = up_to_date(name).rpartition(".")
    found = getattr(importlib.import_module(module), attribute)
    assert found is getattr(importlib.import_module(today), attribute_today)


def test_every_module_of_the_table_is_tried() -> None:
    assert {name.rpartition(".")[0] for name in NAMES} == set(MODULES)
    assert set(FUNCTIONS) <= set(NAMES)


def test_settings_are_brought_up_to_date_where_they_lie() -> None:
    settings = {"steps": ["autograder.pipeline.Judge", "nbgrader.preprocessors.Execute"], "limit": 3}
    assert up_to_date(settings) == {
        "steps": ["autograder.grading.nbgrader_steps.Judge", "nbgrader.preprocessors.Execute"],
        "limit": 3,
    }


def test_formulas_are_drawn_with_the_former_filter_alone() -> None:
    """The settings of version 0.1 have no filter that marks formulas first."""
    clean_text = importlib.import_module("autograder.harmless").clean_text
    assert "<math" in clean_text(markdown2html("so $a < b$ holds"))
    assert "<script" not in clean_text(markdown2html("$a$ <script>alert(1)</script>"))


def test_one_note_however_many_names_are_used() -> None:
    script = "import autograder.pipeline as p, autograder.harmless as h; p.Judge, h.clean_text"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.count("names from version 0.1") == 1
