"""The released stub of an exercise names the exercise."""

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearSolutions


class NamedStub(ClearSolutions):  # type: ignore[misc]
    """nbgrader's ClearSolutions, with a stub that says which exercise is not filled in yet."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: ResourcesDict, cell_index: int
    ) -> tuple[NotebookNode, ResourcesDict]:
        exercise = cell.metadata.get("nbgrader", {}).get("grade_id", "exercise")
        self.code_stub = {
            "python": f'#### Fill your code ####\nraise NotImplementedError("{exercise}: not filled in yet")'
        }
        cleared: tuple[NotebookNode, ResourcesDict] = super().preprocess_cell(cell, resources, cell_index)
        return cleared
