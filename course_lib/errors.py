"""The error that a person is meant to read: what is wrong, where, and what to do."""


class CourseError(Exception):
    """A mistake that a person can fix; the command line prints it without a traceback.

    Attributes:
        what: What is wrong, in one sentence.
        where: The file, folder or cell; may be empty.
        fix: What to do about it; may be empty.
    """

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        self.what, self.where, self.fix = what, where, fix
        super().__init__(
            "\n".join(part for part in (what, where and f"  where: {where}", fix and f"  do: {fix}") if part)
        )
