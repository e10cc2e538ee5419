"""The only part of the program that loads Playwright at run time."""
