"""The shapes that go in and out; one file a subject. They are the OpenAPI document."""
