"""Whether the numbers are true: what they predict, measured on what happened later, beside plain baselines."""
