"""The class report: what a whole class made of one lesson.

results       what grading left behind, read for every student
items         statistics of each exercise
similarity    wrong answers without a name, in groups that look alike
name_hiding   names taken out, for a screen that the class sees
page          the report as one HTML file
"""
