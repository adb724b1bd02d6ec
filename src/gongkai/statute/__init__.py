"""Law as data with dates: what is cited, what has been superseded, which divisions there are."""
