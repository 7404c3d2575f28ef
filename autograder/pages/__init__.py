"""Pages that a person opens: what a student wrote is made harmless, then shown.

sanitising   words, pictures and tables stay, whatever acts goes
mathml       formulas, drawn without a script
feedback     a student's page of feedback
templates    where nbconvert finds the templates of pages
"""
