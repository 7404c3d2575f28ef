"""Pages that a person opens: what a student wrote is made harmless, then shown.

sanitising   words, pictures and tables stay, whatever acts goes
markdown     Markdown as HTML, with its formulas marked
mathml       formulas, drawn without a script
feedback     a student's page of feedback
templates    where nbconvert finds the templates of pages
"""
