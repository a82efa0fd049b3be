"""Official documents: numbering, PDF/A, public proof that a paper is ours."""
