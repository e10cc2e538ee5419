"""Pieces of pages that have a behaviour of their own."""
