"""What an author runs, in the order in which a lesson comes about.

scaffolding       a new exercise that works, to be changed into one's own
lesson_source     the source of a lesson, read and checked
building          notebooks and public answer keys from the sources
check_the_checks  right answers and mistakes in many coding styles, tried on the checks
notebook_run      a solution notebook executed, with minutes and memory
claims            the ledger of measured numbers, and which of them stand
site              the course's web site
release           the zip file for students
packages_lock     the lock of packages, kept only if the tests pass with it
cli               the author's commands

It is the highest of the three packages: it may import both others, and neither imports it.
"""
