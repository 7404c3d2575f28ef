"""nbgrader's settings for this course; read by `nbgrader …`, by the formgrader and by `course grade`."""

import contextlib
from pathlib import Path

from course_lib.hand_in import DATA, UNPACKED

c = get_config()  # type: ignore[name-defined]  # noqa: F821

c.CourseDirectory.course_id = "attention"
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
# Only data travels beside a notebook. Lesson sources (*.py) would give the answers away, and a submitted
# module could stand in for a library; pages and scripts would be opened by the person who grades.
c.CourseDirectory.ignore = [
    ".*",
    "*.py",
    "*.pyc",
    "*.pth",
    "*.so",
    "*.sh",
    "*.html",
    "*.htm",
    "*.js",
    "*.zip",
    "__pycache__",
    "feedback",
]

c.GenerateAssignment.preprocessors = [
    "nbgrader.preprocessors.LockCells",
    "autograder.release.NamedStub",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ClearMarkScheme",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.NamedStub.text_stub = "*Write your answer here, in place of this line.*"

c.Autograde.sanitize_preprocessors = [
    "autograder.pipeline.Sanitise",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "autograder.pipeline.RequestEvidence",
    "nbgrader.preprocessors.Execute",
    "autograder.pipeline.Judge",
    "nbgrader.preprocessors.IgnorePattern",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# The submission does not choose its kernel: it runs in the sandbox. That keeps the limits of cells by itself
# (autograder/sandbox/limits.py), so nbgrader's own, in seconds, are only for when something is wrong.
c.Execute.kernel_name = "attention-course-sandbox"
c.Execute.timeout = 600
c.Execute.iopub_timeout = 60
c.Execute.startup_timeout = 120
# Validate is for one's own work, on any system, so it takes the ordinary kernel.
c.Validator.Execute.kernel_name = "python3"
c.Validator.Execute.timeout = 120
# Grading and validating run every cell, so they take the tiny data of the smoke profile, from this disk.
# Set inside the kernel, because the Jupyter server reads this file too, and its kernels keep their profile.
c.Execute.extra_arguments = [
    "--IPKernelApp.log_level=40",
    "--IPKernelApp.exec_lines=import os; os.environ.update(COURSE_PROFILE='smoke', COURSE_OFFLINE='1')",
]

# Pages that a person opens: every rendered text passes this filter last, and nothing comes from elsewhere.
with contextlib.suppress(ModuleNotFoundError):  # students have no autograder, and make no such pages
    from autograder.page_templates import folders

    c.HTMLExporter.extra_template_basedirs = folders()
    c.HTMLExporter.exclude_anchor_links = True
    c.HTMLExporter.filters = {"strip_files_prefix": "autograder.harmless.clean_text"}

# `nbgrader zip_collect` reads the files that `course submit` makes, as `course collect` does.
c.FileNameCollectorPlugin.named_regexp = UNPACKED
c.FileNameCollectorPlugin.valid_ext = [".ipynb", *sorted(DATA)]

c.LimitOutput.max_lines = 200
c.LimitOutput.max_traceback = 40
