"""The pages and calls of the stand-in, one module for each area of LinkedIn."""
