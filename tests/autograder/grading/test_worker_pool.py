"""A worker that takes too long is not asked again; one that was lost is."""

from __future__ import annotations

from typing import cast

import pytest

from autograder.grading.grader import Marks, Task
from autograder.grading.lesson_materials import LessonMaterials
from autograder.grading.worker_pool import TRIES, Worker, WorkerPool
from autograder.grading.worker_process import WorkerGone, WorkerLate
from autograder.sandbox.fork_server import ServerGone
from autograder.submissions.reading import FAULT, HandIn

TASK = Task(HandIn("ada", {}, (), None, "0"), Marks())
KIT = cast(LessonMaterials, None)


@pytest.mark.parametrize(
    ("error", "tries"),
    [(WorkerLate("no answer in 720 seconds"), 1), (WorkerGone("its process ended"), TRIES)],
)
def test_how_often_a_submission_is_tried(
    error: Exception, tries: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def ask(self: Worker, task: Task, materials: LessonMaterials) -> None:
        asked.append(task)
        raise error

    monkeypatch.setattr(Worker, "_start", lambda self, materials: None)
    monkeypatch.setattr(Worker, "_ask", ask)
    graded = Worker(cast(WorkerPool, None), 0, ()).grade(KIT, TASK)
    assert len(asked) == tries
    assert graded.outcome == FAULT
    assert str(error) in graded.message


def test_a_submission_that_ended_the_warm_parent_is_graded_with_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = iter([ServerGone("the warm parent ended"), "graded"])
    starts = []
    monkeypatch.setattr(Worker, "_start", lambda self, materials: starts.append(materials))
    monkeypatch.setattr(Worker, "_ask", lambda self, task, materials: next(answers))
    assert cast(str, Worker(cast(WorkerPool, None), 0, ()).grade(KIT, TASK)) == "graded"
    assert len(starts) == 2
