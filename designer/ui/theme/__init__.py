"""The look: one table of tokens, and everything that is made from it."""
