"""The meanings: plain frozen values, shared by every layer and depending on none."""
