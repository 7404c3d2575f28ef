"""Graded cells that a submission pasted twice or lost: what nbgrader does not survive or notice."""

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import DeduplicateIds, NbGraderPreprocessor


class UnmarkRepeatedCells(DeduplicateIds):  # type: ignore[misc]
    """Of cells with the same id only the last one counts; the others become ordinary cells.

    DeduplicateIds alone leaves an empty mark on them, which stops the grading of the whole submission.
    """

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        nb, resources = super().preprocess(nb, resources)
        for cell in nb.cells:
            if cell.metadata.get("nbgrader") == {}:
                del cell.metadata["nbgrader"]
        return nb, resources


class ZeroMissingCells(NbGraderPreprocessor):  # type: ignore[misc]
    """A cell that is not there scores nothing, also when an earlier submission still had it.

    Runs after SaveAutoGrades, which only writes the grades of cells that are still there.
    """

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        names = resources["nbgrader"]
        present = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nb.cells}
        with Gradebook(names["db_url"]) as gradebook:
            submission = gradebook.find_submission_notebook(
                names["notebook"], names["assignment"], names["student"]
            )
            for grade in submission.grades:
                if grade.name not in present:
                    grade.auto_score = 0
                    grade.needs_manual_grade = False
            gradebook.db.commit()
        return nb, resources
