"""The three steps the course adds to nbgrader's pipeline, each an nbgrader preprocessor.

    Sanitise         before anything runs: a submission keeps its words and code, the course's cells return
    RequestEvidence  test cells become requests for evidence, with probes made from the class secret
    Judge            evidence becomes points and a card, here, where no student code runs

Whatever a submission prints, returns or displays can therefore never become a score.
"""

from __future__ import annotations

import json
import re
import secrets
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.keys import class_keys
from autograder.notebooks.cells_to_run import skip_demonstrations
from autograder.notebooks.nbgrader_settings import class_of
from autograder.pages.sanitising import Cleaner, clean_attachments, encodable
from autograder.sandbox.execute_step import STOPPED, outcome_of
from autograder.sandbox.supervisor import OUTCOME
from course_lib.checks import card
from course_lib.checks.answer_key import AnswerKey
from course_lib.checks.evidence import MIME, EvidenceError, from_mime
from course_lib.checks.exercise import find_exercise
from course_lib.checks.judge import WAITS, Verdict, judge, no_evidence
from course_lib.notebook_cells import grade_id, is_graded, is_solution, is_test_cell, read_check

PROBE = "course_lib.checks.probe"
VERDICT = "attention_course.verdict"  # key in the output's metadata, for reports
LONGEST_ERROR = 200  # characters of an error that a card repeats

Step = tuple[NotebookNode, ResourcesDict]


class Sanitise(NbGraderPreprocessor):  # type: ignore[misc]
    """Bring a submission back to the lesson's own shape before it runs.

    Kept: the student's cells, code and text. Restored from the released notebook: which cells are graded,
    their ids, points and test code; graded cells that were lost, or stand above their exercise, come back.
    Dropped: other metadata (tags among it) and outputs. The lesson's own demonstrations are not run.
    """

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> Step:
        lesson = _released_notebook(self.config, resources)
        marked = {name: cell for cell in lesson.cells if (name := grade_id(cell))}
        last_place = {grade_id(cell): place for place, cell in enumerate(nb.cells)}
        cells, cleaner = [], Cleaner()
        for place, cell in enumerate(nb.cells):
            name = grade_id(cell)
            own = marked.get(name) if last_place[name] == place else None
            cells.append(_clean_cell(cell, own, cleaner))
        moved = moved_tests(lesson.cells, [grade_id(cell) for cell in cells])
        cells = [cell for cell in cells if grade_id(cell) not in moved]
        _restore_lost(cells, lesson, cleaner)
        skip_demonstrations(cells, lesson)
        for number, cell in enumerate(cells):
            cell["id"] = f"cell-{number}"
        nb.cells = cells
        nb.metadata = NotebookNode(kernelspec=deepcopy(lesson.metadata.kernelspec))
        nb.nbformat, nb.nbformat_minor = 4, 5
        return nb, resources


def _released_notebook(config: Any, resources: ResourcesDict) -> NotebookNode:
    """The lesson as students received it."""
    names = resources["nbgrader"]
    course = CourseDirectory(config=config)
    folder = course.format_path(course.release_directory, ".", names["assignment"])
    notebook: NotebookNode = nbformat.read(Path(folder) / f"{names['notebook']}.ipynb", as_version=4)
    return notebook


def _clean_cell(cell: NotebookNode, own: NotebookNode | None, cleaner: Cleaner) -> NotebookNode:
    """A submitted cell without metadata and outputs; `own` is the lesson's cell of the same id, or None."""
    metadata = NotebookNode(nbgrader=deepcopy(own.metadata.nbgrader)) if own else NotebookNode()
    source = own.source if own and own.metadata.nbgrader.locked else cell.source
    clean: NotebookNode
    if (own or cell).cell_type == "code":
        clean = nbformat.v4.new_code_cell(encodable(source), metadata=metadata)
        return clean
    # Raw cells too: nbconvert would copy those into a page as they are.
    pictures = clean_attachments(cell.get("attachments"))
    clean = nbformat.v4.new_markdown_cell(cleaner.words(source, pictures), metadata=metadata)
    if pictures:
        clean["attachments"] = pictures
    return clean


def moved_tests(lesson: list[NotebookNode], handed_in: list[str]) -> list[str]:
    """Test cells that stand above the exercise they follow in the lesson."""
    place = {name: number for number, name in enumerate(handed_in)}
    moved, exercise = [], ""
    for cell in lesson:
        name = grade_id(cell)
        if is_solution(cell):
            exercise = name
        elif is_graded(cell) and name in place and place[name] < place.get(exercise, 0):
            moved.append(name)
    return moved


def _restore_lost(cells: list[NotebookNode], lesson: NotebookNode, cleaner: Cleaner) -> None:
    """Put graded cells that a submission lost back where they were: after the marked cell before, or last."""
    before: str | None = None
    for cell in lesson.cells:
        name = grade_id(cell)
        if not name:
            continue
        here = [grade_id(candidate) for candidate in cells]
        if name not in here:
            if not is_graded(cell):
                continue
            place = here.index(before) + 1 if before in here else len(cells)
            cells.insert(place, _clean_cell(cell, cell, cleaner))
        before = name


class RequestEvidence(NbGraderPreprocessor):  # type: ignore[misc]
    """Turn every test cell `check("id", answer)` into a request that only the class's own key can judge."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> Step:
        requests = {}
        asked_for = [read_check(cell.source)[0] for cell in test_cells(nb)]
        keys = class_keys.private_keys(class_of(self.config), asked_for)
        for cell in test_cells(nb):
            exercise_id, expression = read_check(cell.source)
            nonce = secrets.token_hex(16)
            requests[grade_id(cell)] = {"exercise": exercise_id, "nonce": nonce, "source": cell.source}
            asked = json.dumps({"exercise": exercise_id, "seed": keys[exercise_id].seed, "nonce": nonce})
            cell.source = (
                f'__import__("{PROBE}", fromlist=["respond"]).respond({asked!r}, lambda: {expression})'
            )
        resources["attention_course"] = requests
        return nb, resources


def test_cells(nb: NotebookNode) -> list[NotebookNode]:
    """The automatic test cells of a notebook."""
    return [cell for cell in nb.cells if is_test_cell(cell)]


class Judge(NbGraderPreprocessor):  # type: ignore[misc]
    """Read the evidence out of the executed test cells, judge it, and write points and card in its place."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> Step:
        requests = resources["attention_course"]
        asked_for = [request["exercise"] for request in requests.values()]
        keys = class_keys.private_keys(class_of(self.config), asked_for)
        ends = {grade_id(cell): _end_of(cell) for cell in nb.cells}
        cleaner = Cleaner()
        for cell in nb.cells:
            request = requests.get(grade_id(cell))
            if cell.cell_type != "code":
                continue
            if request is None:
                cell.outputs = [
                    safe for output in cell.outputs if (safe := _harmless_output(output, cleaner))
                ]
                continue
            cell.source = request["source"]
            verdict = _verdict_of(cell, request, keys[request["exercise"]], ends)
            cell.outputs = [_as_output(verdict, cell.execution_count)]
        return nb, resources


def _harmless_output(output: NotebookNode, cleaner: Cleaner) -> NotebookNode | None:
    """An output as it may be shown; the supervisor's own notes keep their mark."""
    safe = cleaner.output(output)
    if safe and (note := output.get("metadata", {}).get(OUTCOME)) in list(STOPPED):
        safe.metadata[OUTCOME] = note
    return safe


def _end_of(cell: NotebookNode) -> tuple[str, str]:
    """The outcome of a cell that did not end well and what to say of it; two empty strings otherwise."""
    if stopped := outcome_of(cell):
        return stopped, STOPPED[stopped]
    errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
    if not errors:
        return "", ""
    said = encodable(f"{errors[0].ename}: {errors[0].evalue}"[:LONGEST_ERROR])
    if errors[0].ename == "ModuleNotFoundError":
        said += ". When the course is graded, only its own packages are there; do without this one"
    return "error", f"It stopped with {said}."


def _verdict_of(
    cell: NotebookNode, request: dict[str, str], key: AnswerKey, ends: dict[str, tuple[str, str]]
) -> Verdict:
    """Judge what a test cell sent back; anything but one readable answer to this request earns nothing.

    ends: by grade id, how each cell ended, see `_end_of`.
    """
    exercise = find_exercise(request["exercise"])
    bundles = [output.data[MIME] for output in cell.outputs if MIME in output.get("data", {})]
    here = outcome_of(cell)
    if here and (here != "output" or not bundles):
        return no_evidence(exercise, STOPPED[here], here)
    if len(bundles) > 1:
        return no_evidence(exercise, "The test cell sent more than one answer.", "tampered")
    if bundles:
        try:
            evidence = from_mime(bundles[0], exercise.id, request["nonce"])
        except EvidenceError as error:
            return no_evidence(exercise, f"What the test cell sent back was refused: {error}.", "tampered")
        told = evidence.error or {}
        if PROBE in str(told.get("line")):
            told["line"] = request["source"]  # the test cell as the student knows it, without the request
        cause = _unmade(exercise.id, told, ends)
        if cause is None:
            return judge(exercise, evidence, key)
        outcome, why = ends[cause]
        return no_evidence(exercise, f"The cell of `{cause}` did not get to its end. {why}", outcome)
    before, why = ends.get(exercise.id, ("", ""))
    if before in STOPPED:  # the cause lies in the cell of the answer
        return no_evidence(exercise, f"In the cell of `{exercise.id}`: {why}", before)
    errors = [output.ename for output in cell.outputs if output.output_type == "error"]
    if errors:  # its words may hold the request, which only the grader is to see
        return no_evidence(exercise, f"The test cell ended with {encodable(errors[0][:100])}.")
    return no_evidence(exercise, "The test cell sent nothing back.", "tampered")


def _unmade(asked: str, told: dict[str, Any], ends: dict[str, tuple[str, str]]) -> str | None:
    """The exercise whose cell did not end well, if that is why a name is missing."""
    missing = re.findall(r"'(\w+)'", str(told.get("message"))) if told.get("type") == "NameError" else []
    if told.get("stage") == "name":
        missing.insert(0, asked)
    return next((name for name in missing if ends.get(name, ("", ""))[0]), None)


def _as_output(verdict: Verdict, execution_count: int | None) -> NotebookNode:
    """A verdict as nbgrader reads it: the points as the cell's result, the card as its HTML."""
    output: NotebookNode = nbformat.v4.new_output(
        "execute_result",
        {"text/plain": f"{verdict.points:g}", "text/html": card.html(verdict)},
        execution_count=execution_count,
    )
    output.metadata[VERDICT] = {
        "exercise": verdict.exercise,
        "points": verdict.points,
        "max_points": verdict.max_points,
        "outcome": verdict.outcome,
        "misconception": verdict.misconception,
        "headline": verdict.headline,
        "failed": [mark.id for mark in verdict.marks if mark.message not in (None, WAITS)],
    }
    return output
