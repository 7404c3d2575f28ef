quiz_lower_end_answer = 2.24
