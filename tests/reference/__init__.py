"""The API reference, made of the API's own description."""
