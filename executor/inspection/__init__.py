"""Telling an operator what the executor sees on a page, without touching it."""
