"""What a lesson has its students write is not there while it is graded; what came before it is."""

import ast
from pathlib import Path

import pytest

from autograder.lessons import held_back_files
from autograder.lessons.held_back_files import TAUGHT_IN, hidden_in
from autograder.sandbox.limits import Limits
from autograder.sandbox.supervisor import WarmParent, run_notebook
from course_lib.lessons import lesson_names
from course_lib.paths import project_root

LIBRARY = project_root() / "course_lib"
HELPERS = {"__init__.py", "arguments.py", "attention_block.py", "images.py", "papers.py"}  # no answers


def test_every_block_and_network_has_its_lesson() -> None:
    modules = {f"{p}/{path.name}" for p in ("blocks", "networks") for path in (LIBRARY / p).glob("*.py")}
    assert {module for module in modules if Path(module).name not in HELPERS} == set(TAUGHT_IN)
    for lesson in lesson_names():
        assert {taught for taught in TAUGHT_IN.values() if taught[:2] == lesson[:2]} <= {lesson}


def test_a_lesson_hides_its_own_blocks_and_later_ones() -> None:
    hidden = {Path(module).stem for module in hidden_in("02_spatial_attention")}
    assert "squeeze_excitation" not in hidden
    assert {"spatial_attention", "cbam", "resnet"} <= hidden
    assert len(hidden_in("no_number")) == len(TAUGHT_IN)


@pytest.mark.parametrize("lesson", sorted({taught for taught in TAUGHT_IN.values()}))
def test_a_block_that_is_there_needs_none_that_is_not(lesson: str) -> None:
    hidden = {Path(module) for module in hidden_in(lesson)}
    for module in map(LIBRARY.joinpath, TAUGHT_IN):
        if module not in hidden:
            imported = [
                n.module for n in ast.walk(ast.parse(module.read_text())) if isinstance(n, ast.ImportFrom)
            ]
            assert not hidden & {LIBRARY.parent / f"{name.replace('.', '/')}.py" for name in imported if name}


def test_a_hidden_block_can_be_imported_but_not_used(warm_parent: WarmParent) -> None:
    cells = (
        "from course_lib.blocks import CBAM, SqueezeExcitation, resize_bilinear\n"
        "from course_lib.networks import autoencoder, small_resnet",
        "CBAM(reduction=4)",
        "resize_bilinear(1, 2)",
        "tuple(SqueezeExcitation(4)(__import__('numpy').ones((1, 2, 2, 8), 'float32')).shape)",
        "import course_lib, pathlib\n"
        "[p.name for p in (pathlib.Path(course_lib.__file__).parent / 'blocks').rglob('*.pyc')"
        " if 'cbam' in p.name]",
        "'class CBAM' in open(course_lib.blocks.cbam.__file__).read()",
        "from course_lib.networks import small_residual_attention_network as network\nnetwork()",
    )
    lesson = "04_se_networks"
    results = run_notebook(warm_parent.sandboxes(), dict(enumerate(cells)), Limits(), hidden_in(lesson))
    imported, cbam, resize, block, compiled, source, network = (r.outputs for r in results.values())
    assert imported == []
    for refused in (cbam, resize, network):
        assert "here you write it yourself" in refused[0]["evalue"]
    assert block[0]["data"]["text/plain"] == "(1, 2, 2, 8)"
    assert compiled[0]["data"]["text/plain"] == "[]"
    assert source[0]["data"]["text/plain"] == "False"


def test_the_warm_parent_holds_no_finished_block(warm_parent: WarmParent) -> None:
    (result,) = run_notebook(
        warm_parent.sandboxes(), {0: "import sys\nsorted(sys.modules)"}, Limits(output=10**6)
    ).values()
    told = result.outputs[0]["data"]["text/plain"]
    assert "course_lib.checks.probe" in told
    for module in held_back_files.TAUGHT_IN:
        assert f"course_lib.{module.removesuffix('.py').replace('/', '.')}'" not in told
