"""What may be handed in, and under which name."""

from datetime import UTC, datetime

import pytest

from course_lib import hand_in, submission_format
from course_lib.submission_format import file_name

LESSON = "01_channel_attention"
WHEN = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("student", ["ada lovelace", "a__b", "", "-a", "x" * 65, "ä"])
def test_a_name_that_names_no_folder_is_refused(student: str) -> None:
    with pytest.raises(ValueError, match="is no user name"):
        file_name(student, LESSON, WHEN)


def test_settings_of_version_0_1_find_what_they_import() -> None:
    """An instructor's nbgrader_config.py says `from course_lib.hand_in import DATA, UNPACKED`."""
    assert hand_in.DATA is submission_format.DATA
    assert hand_in.UNPACKED is submission_format.UNPACKED
