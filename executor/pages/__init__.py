"""LinkedIn's pages in the user's words: what one does on them, and what one learns."""
