"""Law as data with dates: what is cited, which divisions there are, and the law of applications: working days,
deadlines with their steps, outcomes, fees, remedies, and the course of a case."""
