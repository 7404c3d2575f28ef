"""What students hand in, none of it trusted.

collecting      takes in what a learning platform lets an instructor download
bounded_json    reads JSON from strangers within limits of size
reading         a student's folder and notebook, as far as grading needs them
roster          who handed in a lesson
"""
