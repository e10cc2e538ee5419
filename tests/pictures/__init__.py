"""Pictures of the dashboard for the documentation, of a team that nobody is in."""
