"""Lines and grids → the figures of the form.

``rows`` takes lines and grids apart into cells; ``search`` finds the rows of the form by their labels (``labels``,
``headers``); ``placing`` puts their values (``values``) under the columns; ``notes`` says what is wrong with the heads.
"""
