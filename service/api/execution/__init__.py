"""How a document is answered: read once, planned once, then run level by level over Strawberry's own resolvers."""
