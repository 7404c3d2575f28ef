"""Pages of feedback: nbgrader's own template and steps, with what is the same for every page kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import nbformat
from nbconvert.exporters import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbformat import NotebookNode
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import GetGrades
from traitlets.config import Config

from autograder.notebooks.nbgrader_settings import quiet_nbgrader
from autograder.pages import templates
from autograder.pages.markdown import markdown_filter

WAITS = "Not graded yet: a person will read this answer, and its points count as none until then."


class GradesSoFar(GetGrades):  # type: ignore[misc]
    """nbgrader's step that puts points and comments into a page; one that waits for a person says so."""

    def _get_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        super()._get_score(cell, resources)
        marks = cell.metadata.nbgrader
        grade = self.gradebook.find_grade(
            marks["grade_id"], self.notebook_id, self.assignment_id, self.student_id
        )
        if grade.auto_score is None and grade.manual_score is None:
            marks["comment"] = "\n\n".join(filter(None, [marks.get("comment"), WAITS]))


class PageExporter(HTMLExporter):
    """nbconvert's exporter without its last step.

    That step parses the finished page once more to add missing alt texts, which takes longer than all the
    rest; here every picture has one already (see `sanitising.Cleaner`).
    """

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        """The filters of templates; formulas are marked also where a class's settings are older than that."""
        yield from super().default_filters()  # type: ignore[no-untyped-call]
        yield "markdown2html", markdown_filter

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[str, dict[str, Any]]:
        resources = self._init_resources(resources)  # type: ignore[no-untyped-call]
        code = Highlight2HTML(pygments_lexer="ipython3", parent=self)
        self.register_filter("highlight_code", code)  # type: ignore[no-untyped-call]
        kinds = WidgetsDataTypeFilter(notebook_metadata=self._nb_metadata, parent=self, resources=resources)
        self.register_filter("filter_data_type", kinds)  # type: ignore[no-untyped-call]
        page: tuple[str, dict[str, Any]] = TemplateExporter.from_notebook_node(self, nb, resources, **options)
        return page


class FeedbackPages:
    """Renders pages of one lesson for a student of a gradebook."""

    def __init__(self, directory: CourseDirectory, settings: Config, lesson: str, student: str) -> None:
        converter = GenerateFeedback(coursedir=directory, config=settings)
        converter.update_config(settings)  # the converter's own defaults give way
        converter.config.HTMLExporter.extra_template_basedirs = templates.folders()
        self._exporter = PageExporter(config=converter.config)  # type: ignore[no-untyped-call]
        for step in converter.preprocessors:
            self._exporter.register_preprocessor(step, enabled=True)  # type: ignore[no-untyped-call]
        self._names = {
            "student": student,
            "assignment": lesson,
            "notebook": lesson,
            "db_url": directory.db_url,
        }

    def render(self, autograded: bytes) -> bytes:
        """The page for an autograded notebook, with the points and comments that the gradebook holds."""
        notebook = nbformat.reads(autograded.decode(), as_version=4)
        name = self._names["notebook"]
        resources = {
            "unique_key": name,
            "nbgrader": dict(self._names),
            "metadata": {"name": name, "path": ""},
        }
        with quiet_nbgrader():
            page, _ = self._exporter.from_notebook_node(notebook, resources)
        return page.encode()
