"""Personal data: encrypted at rest, masked wherever it is shown, found by keyed hash, revealed only by an act."""
