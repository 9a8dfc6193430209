"""One file a question: what is asked is checked, answered from ports and kernels, and said in domain values."""
