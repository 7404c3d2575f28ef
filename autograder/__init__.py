"""What an instructor runs."""

from autograder.former_names import install

install()
