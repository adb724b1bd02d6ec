"""Blacking out: boxes with grounds, burned into pictures of the pages, and the proof that nothing is left beneath."""
