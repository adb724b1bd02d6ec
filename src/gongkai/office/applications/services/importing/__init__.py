"""A register kept in Excel becomes cases: columns are matched, every row tried, and all of them imported or none."""
