"""Another way to write the number."""

quiz_untrained_answer = 80 / 4
