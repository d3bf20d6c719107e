"""Other processes that read: one page that kills or stops its reader costs that page alone."""
