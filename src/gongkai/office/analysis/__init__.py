"""Reports of anyone: uploaded, read, checked, shown beside their tables, sent back with findings."""
