"""What makes the apps one office: settings, addresses, database, serving, the demonstration county."""
