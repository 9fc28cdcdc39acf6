"""Proof that the tests prove what they say: with what realises a provision taken away, a test marked with it fails."""
