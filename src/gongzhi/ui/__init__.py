"""Shells and components; no business."""
