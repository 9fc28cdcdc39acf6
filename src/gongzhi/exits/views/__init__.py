"""The room's pages, on the shells of `ui`. They read what the API reads, by the same queries."""
