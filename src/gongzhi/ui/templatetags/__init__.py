"""Words on pages."""
