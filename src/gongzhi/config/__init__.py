"""Settings, URLs and the wiring of events: the only place that knows every room."""
