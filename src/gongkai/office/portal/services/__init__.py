"""What the public does: keeps a draft, submits it, answers, withdraws."""
