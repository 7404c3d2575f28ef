"""What the autograder knows of each lesson; students get none of it.

lesson_NN/EXERCISE/misconceptions.py      known wrong answers, each with the hint that helps
lesson_NN/EXERCISE/accepted_answers/      right answers in other styles, one a file
lesson_NN/sample_class.py                 a made-up class that handed the lesson in, for `course demo`
held_back_files                           which files of course_lib belong to which lesson
"""
