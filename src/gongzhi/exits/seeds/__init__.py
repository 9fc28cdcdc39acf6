"""The exits' part of the demonstration: early exits at every stage, told act by act through the door."""
