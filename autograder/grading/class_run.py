"""Grades a lesson for a class.

Whatever is wrong with one submission ends in one row of the result and never stops the others.
"""

from __future__ import annotations

import contextlib
import difflib
import functools
import glob
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from sqlalchemy.exc import SQLAlchemyError

from autograder.course_folder import CourseFolder
from autograder.grading.grader import Graded, Task
from autograder.grading.lesson_materials import LessonMaterials, gather_materials
from autograder.grading.recorder import Recorder, Row, exclusive_grading
from autograder.grading.worker_pool import WorkerPool
from autograder.notebooks.nbgrader_settings import load_settings
from autograder.sandbox.limits import require_known_names
from autograder.sandbox.supervisor import available_cores
from autograder.submissions.reading import FAULT, GRADED, first_line, printable_line, read_hand_in
from autograder.submissions.roster import misplaced_notebooks, students_who_handed_in
from course_lib.errors import CourseError

__all__ = ["FAULT", "GRADED", "Row", "grade"]

Submit = Callable[[Task], "Future[Graded]"]


def grade(
    lesson: str,
    students: Sequence[str] | None = None,
    *,
    course: CourseFolder,
    workers: int | None = None,
    scheduler: str | None = None,
    again: bool = False,
    trust: bool = False,
    pool: WorkerPool | None = None,
    on_plan: Callable[[int], None] = lambda total: None,
    on_row: Callable[[Row], None] = lambda row: None,
) -> list[Row]:
    """Grade the submissions of `lesson` (a folder name) found under submitted/STUDENT/lesson/.

    Writes gradebook.db, autograded/ and feedback/ of the class. What was graded before and has not changed
    is not graded again, unless `again`. `workers` processes do the work (default, and at most: one per core),
    or with `scheduler` a Dask cluster at that address, or `pool`, which is already there. Calls `on_plan`
    with the number of submissions, and `on_row` as each row is done; the rows come back in the students'
    order.

    Submissions run in the sandbox; with `trust` in ordinary kernels, with the rights of whoever grades.
    Raises CourseError when there is nothing to grade, the lesson itself cannot be graded or its limits name
    what is not there, Untrusted when no sandbox can be had here.
    """
    if glob.escape(str(course.root)) != str(course.root):
        raise CourseError(
            "nbgrader cannot grade in a folder with *, ? or [ in its path.",
            where=str(course.root),
            fix="rename that folder, or move the course",
        )
    settings = load_settings(course)
    require_known_names(lesson, settings.SandboxExecute.get("limits", {}))
    names = _students_of(course, lesson, students)
    _require_writable(course)
    count = min(
        workers or len(available_cores()), len(available_cores())
    )  # on a core of its own none is slowed by another
    trust = pool.trust if pool else trust
    with contextlib.ExitStack() as stack:
        scratch = stack.enter_context(exclusive_grading(course))
        if pool is None and scheduler is None:
            # Its processes get ready in the background, while the lesson does.
            pool = stack.enter_context(WorkerPool(min(count, len(names)), scratch, trust))
        materials = gather_materials(settings, course, lesson, scratch, trust)
        if pool is None:
            assert scheduler
            from autograder.grading.dask_cluster import cluster_pool

            submit, at_once = stack.enter_context(cluster_pool(scheduler, materials))
        else:
            submit, at_once = stack.enter_context(_threads_for(pool, materials)), len(pool)
        recorder = stack.enter_context(Recorder(course, settings, materials, scratch))
        on_plan(len(names))
        rows = []
        tasks = _unfinished(course, materials.lesson, names, recorder, again)
        for row in _recorded(recorder, tasks, submit, at_once):
            rows.append(row)
            on_row(row)
    return sorted(rows, key=lambda row: row.student)


@contextlib.contextmanager
def _threads_for(pool: WorkerPool, materials: LessonMaterials) -> Iterator[Submit]:
    """Hand tasks to a worker pool, one thread for each of its workers.

    Before the first task comes a trial run; when that goes wrong, CourseError is raised and nobody is graded.
    """
    threads = ThreadPoolExecutor(len(pool))
    prove = functools.cache(lambda: pool.require_working(materials))

    def submit(task: Task) -> Future[Graded]:
        prove()
        return threads.submit(pool.grade, materials, task)

    try:
        yield submit
    except CourseError:
        raise
    except BaseException:
        pool.close()  # ends what runs, so that nobody waits for it
        raise
    finally:
        threads.shutdown(cancel_futures=True)


def _unfinished(
    course: CourseFolder, lesson: str, names: Sequence[str], recorder: Recorder, again: bool
) -> Iterator[Row | tuple[Task, Row | None]]:
    """A row for each student with nothing left to do, else a task; with its row when only the page is old."""
    for student in names:
        if (name := printable_line(student)) != student:
            yield recorder.fault(name, "the folder's name cannot be written as text; rename it, grade again")
            continue
        try:
            hand_in = read_hand_in(course.submission(student, lesson), student, lesson)
        except OSError as error:
            yield recorder.fault(student, f"the submission cannot be read: {first_line(error)}")
            continue
        try:
            marks = recorder.marks(student)
        except SQLAlchemyError as error:
            yield recorder.fault(student, f"the gradebook cannot be read: {first_line(error)}")
            continue
        row = None if again else recorder.done(hand_in, marks)
        if row is None:
            yield Task(hand_in, marks), None
        elif recorder.feedback_is_current(student, marks):
            yield row
        else:
            yield Task(hand_in, marks, recorder.autograded(student)), row


def _recorded(
    recorder: Recorder,
    tasks: Iterable[Row | tuple[Task, Row | None]],
    submit: Callable[[Task], Future[Graded]],
    at_once: int,
) -> Iterator[Row]:
    """Have tasks done, a few more at a time than there are workers, and record each as it comes back."""
    running: dict[Future[Graded], tuple[Task, Row | None]] = {}
    for task in tasks:
        if isinstance(task, Row):
            yield task
            continue
        running[submit(task[0])] = task
        if len(running) > at_once:
            yield from _finished(recorder, running)
    while running:
        yield from _finished(recorder, running)


def _finished(recorder: Recorder, running: dict[Future[Graded], tuple[Task, Row | None]]) -> Iterator[Row]:
    """Wait for the next results, record them and give their rows."""
    for future in wait(running, return_when=FIRST_COMPLETED).done:
        task, row = running.pop(future)
        graded = future.result()
        if row is None:
            yield recorder.record(task, graded)
        else:
            recorder.record_page(row.student, graded, task.marks)
            yield row


def _students_of(course: CourseFolder, lesson: str, wanted: Sequence[str] | None) -> list[str]:
    """The students who handed in `lesson`, or those of them in `wanted`, each once."""
    present = students_who_handed_in(course, lesson)
    if not present:
        loose = misplaced_notebooks(course, lesson)
        raise CourseError(
            f"There are no submissions for {lesson}.",
            where=f"{course.submitted}{f'; one folder too high lies {loose[0]}' if loose else ''}",
            fix="take them in with `course collect`, or put each at "
            f"submitted/STUDENT/{lesson}/{lesson}.ipynb",
        )
    for student in wanted or []:
        if student not in present:
            near = difflib.get_close_matches(student, present, n=1, cutoff=0.4)
            raise CourseError(
                f"There is no submission by {student!r} for {lesson}.",
                where=str(course.submitted),
                fix=f"did you mean {near[0]}?" if near else f"there are: {', '.join(present)}",
            )
    return [student for student in present if not wanted or student in wanted]


def _require_writable(course: CourseFolder) -> None:
    """Raise the disk's own OSError now, rather than a database error from the depths later."""
    with tempfile.TemporaryFile(dir=course.root) as probe:
        probe.write(bytes(4096))
        probe.flush()
    if course.gradebook.exists():
        course.gradebook.open("r+b").close()
