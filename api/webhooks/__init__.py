"""Telling clients what has happened, without their asking, by Standard Webhooks 1.0."""
