"""nbgrader's settings for this course; read by `nbgrader …`, by the formgrader and by `course grade`."""

from pathlib import Path

import course_lib
from autograder.pages.templates import folders
from course_lib.submission_format import DATA, UNPACKED

c = get_config()  # type: ignore[name-defined]  # noqa: F821

# What students have too. This file stays with the course: what you add for your class is not given out.
load_subconfig("nbgrader_config.py", path=str(Path(course_lib.__file__).parent / "lab_settings"))  # type: ignore[name-defined]  # noqa: F821

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
    "autograder.notebooks.named_stub.NamedStub",
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
    "autograder.grading.nbgrader_steps.Sanitise",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "autograder.grading.nbgrader_steps.RequestEvidence",
    "nbgrader.preprocessors.Execute",
    "autograder.grading.nbgrader_steps.Judge",
    "nbgrader.preprocessors.IgnorePattern",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

c.GenerateFeedback.preprocessors = [
    "autograder.pages.feedback.GradesSoFar",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]

# The submission does not choose its kernel: it runs in the sandbox. That keeps the limits of cells by itself
# (autograder/sandbox/limits.py), so nbgrader's own, in seconds, are only for when something is wrong.
c.Execute.kernel_name = "attention-course-sandbox"
c.Execute.timeout = 600
c.Execute.iopub_timeout = 60
c.Execute.startup_timeout = 120

# Pages that a person opens: every rendered text passes this filter last, and nothing comes from elsewhere.
c.HTMLExporter.extra_template_basedirs = folders()
c.HTMLExporter.exclude_anchor_links = True
c.HTMLExporter.filters = {
    "markdown2html": "autograder.pages.markdown.markdown_filter",
    "strip_files_prefix": "autograder.pages.sanitising.clean_text",
}

# `nbgrader zip_collect` reads the files that `course submit` makes, as `course collect` does.
c.FileNameCollectorPlugin.named_regexp = UNPACKED
c.FileNameCollectorPlugin.valid_ext = [".ipynb", *sorted(DATA)]

c.LimitOutput.max_lines = 200
c.LimitOutput.max_traceback = 40
