quiz_pairs_answer = 7 * (1.2 / 0.3) ** 2
