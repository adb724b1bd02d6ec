"""The look of the office: page frame, lists, forms, components. No models; knows no person and no body."""
