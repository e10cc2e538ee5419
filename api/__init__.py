"""Every face of the product: dialects, intake, command line."""
