"""Writing through the API: a few rows at a time, checked as a load checks them."""
