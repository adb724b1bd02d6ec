"""Pages: one file a kind. Every view is marked with who may open it; what one sees is cut by ``visible_to``."""
