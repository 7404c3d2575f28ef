"""Another way to write the number."""

quiz_cbam_parameters_answer = 8564.0
