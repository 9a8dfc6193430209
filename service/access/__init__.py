"""Who may come in: API keys and tokens, and how much each caller may ask for."""
