"""What an uploaded file is, by its content, and whether it may come in.

Nothing is decoded, executed or unfolded beyond `limits.py`. Each refusal is one sentence that says what to do.
"""

from .inspect import Inspected, inspect, safe_name

__all__ = ["Inspected", "inspect", "safe_name"]
