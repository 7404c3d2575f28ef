"""The class report: what a whole class made of one lesson.

results      what grading left behind, read for every student
items        statistics of each exercise
names        names taken out, for a screen that the class sees
likeness     wrong answers without a name, in groups that look alike
page         the report as one HTML file
"""
