"""What the program is deployed with: Dockerfile, compose file, unit and proxies."""
