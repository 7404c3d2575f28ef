"""The released stub of an exercise names the exercise."""

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearSolutions

from course_lib.notebook_cells import grade_id


class NamedStub(ClearSolutions):  # type: ignore[misc]
    """nbgrader's ClearSolutions, with a stub that says which exercise is not filled in yet."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: ResourcesDict, cell_index: int
    ) -> tuple[NotebookNode, ResourcesDict]:
        exercise = grade_id(cell) or "exercise"
        self.code_stub = {
            "python": f'#### Fill your code ####\nraise NotImplementedError("{exercise}: not filled in yet")'
        }
        cleared: tuple[NotebookNode, ResourcesDict] = super().preprocess_cell(cell, resources, cell_index)
        return cleared
