"""How a class is graded, from what students handed in to the gradebook.

submission  what a student handed in, read without trusting it
kit         everything that grading one lesson needs, as data
one         grades one submission with a kit: nbgrader's own converters in a folder of its own
worker      a process that does so again and again
workbench   several such processes and the warm parent they share; a lost one is replaced
cluster     the same work on the machines of a Dask cluster
recorder    the only one that writes: gradebook, autograded notebooks, feedback, and what is done
"""
