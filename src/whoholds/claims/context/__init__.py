"""What only the sentences around tell: drafts that need each other to be complete, or to be dropped."""
