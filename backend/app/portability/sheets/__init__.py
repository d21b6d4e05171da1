"""Applications in a Google spreadsheet: one sheet, a row for each, the person's own columns kept."""
