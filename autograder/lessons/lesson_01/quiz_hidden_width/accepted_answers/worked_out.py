"""The division itself."""

quiz_hidden_width_answer = 512 / 16
