"""The pages; one file a subject, each view a few lines."""
