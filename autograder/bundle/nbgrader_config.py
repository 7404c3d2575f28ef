"""The students' settings where version 0.1 had them; a class's nbgrader_config.py may load them from here."""

from pathlib import Path

import course_lib
from autograder.former_names import warn_of

warn_of("autograder/bundle/nbgrader_config.py")
load_subconfig("nbgrader_config.py", path=str(Path(course_lib.__file__).parent / "lab_settings"))  # type: ignore[name-defined]  # noqa: F821
