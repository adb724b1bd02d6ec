"""What the public sees: the bodies and how to reach them, applying online, following a case. Nobody signs in here."""
