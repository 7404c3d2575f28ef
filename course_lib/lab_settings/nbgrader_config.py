"""nbgrader's settings for students: how the Validate button and `course submit` run a notebook.

In a student's zip file this is the nbgrader_config.py; the course's own begins with these settings.
"""

c = get_config()  # type: ignore[name-defined]  # noqa: F821

c.CourseDirectory.course_id = "attention"

# For one's own work, on any system: the ordinary kernel.
c.Validator.Execute.kernel_name = "python3"
c.Validator.Execute.timeout = 120
# Grading and validating run every cell, so they take the tiny data of the smoke profile, from this disk.
# Set inside the kernel, because the Jupyter server reads this file too, and its kernels keep their profile.
c.Execute.extra_arguments = [
    "--IPKernelApp.log_level=40",
    "--IPKernelApp.exec_lines=import os; os.environ.update(COURSE_PROFILE='smoke', COURSE_OFFLINE='1')",
]
