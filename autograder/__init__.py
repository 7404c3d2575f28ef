"""What an instructor runs, room by room in the order of an evening of grading.

course_folder  where everything of a class lies on disk: its lessons, submissions, grades and secret
lessons        what is known of each lesson: misconceptions, accepted answers, its sample class
keys           answer keys: how they are made, and the secret that makes a class's own
submissions    what students handed in: taken in from an upload, and read without trusting it
notebooks      a lesson's notebooks as nbgrader sees them, and which cells grading has to run
sandbox        where the cells of a submission run: walls, limits, and the trusted side that watches
grading        a whole class, from submissions to the gradebook
pages          feedback: what students wrote made safe, formulas, templates
report         what the class made of a lesson
exports        points for Canvas and Moodle
demo           made-up classes that go through all of this
cli            the instructor's commands

It imports `course_lib` and knows nothing of `authoring`.
"""

from autograder.former_names import install

install()
