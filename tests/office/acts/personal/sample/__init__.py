"""An app of the tests alone: records with one encrypted field of each sort."""
