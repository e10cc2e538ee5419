"""Everything that touches LinkedIn."""
