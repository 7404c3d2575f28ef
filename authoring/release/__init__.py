"""What students are given: lessons, a library without the blocks they write, and what runs them."""

from authoring.release.student_zip import Bundle, make_bundle

__all__ = ["Bundle", "make_bundle"]
