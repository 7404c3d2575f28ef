"""Where the course is on disk."""

from pathlib import Path


def project_root() -> Path:
    """Return the folder that holds `course_lib`, `notebooks` and, for instructors, `solutions`."""
    return Path(__file__).resolve().parent.parent
