"""The small protocols that use cases need from the outside; the store and the composition root fill them."""
