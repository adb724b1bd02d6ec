"""Pages of bodies, people and rights; one file for each page or for pages of one kind."""
