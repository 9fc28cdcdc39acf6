"""The outbox: one row a message, retried; who has been told."""
