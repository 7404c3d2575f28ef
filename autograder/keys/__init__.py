"""Answer keys: what the right answer and every known mistake give when they are probed.

lesson_solutions    the exercises of a lesson, from its source
misconceptions      known wrong answers, as edits of the solutions
answer_keys         builds a key from these, and proves that it tells them apart
freshness           which keys are out of date, and brings them up to date
class_keys          a class's own keys, made from its secret
"""
