"""Account, the user model, and tokens bound to one appointment; apart from registry.Person."""
