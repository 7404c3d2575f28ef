"""The error a person is meant to read: what is wrong, where, and what to do."""


class CourseError(Exception):
    """Raised for mistakes that a person can mend; the command line prints it without a traceback."""

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        self.what, self.where, self.fix = what, where, fix
        super().__init__(
            "\n".join(part for part in (what, where and f"  where: {where}", fix and f"  do: {fix}") if part)
        )
