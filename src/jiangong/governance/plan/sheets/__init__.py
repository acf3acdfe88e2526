"""Lists of the plan that are taken out as Excel files, one module for each."""
