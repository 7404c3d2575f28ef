"""How a class is graded, from what students handed in to the gradebook.

class_run         grades a lesson for a class: the whole of it, in order
lesson_materials  everything that grading one lesson needs, as data
grader            grades one submission: nbgrader's own converters in a folder of its own
nbgrader_steps    the steps that the course adds to nbgrader's pipeline
trial_run         a run of the lesson's own set-up, before anybody is graded
worker_process    a process that grades one submission after another
worker_pool       several such processes and the warm parent they share; a lost one is replaced
dask_cluster      the same work on the machines of a Dask cluster
recorder          the only one that writes: gradebook, autograded notebooks, feedback, and what is done
"""
