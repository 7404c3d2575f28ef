quiz_coordinate_answer = 520 + 16 + 576 + 576
