"""By hand."""

quiz_wrong_labels_answer = 200
