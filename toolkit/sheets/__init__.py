"""Members' spreadsheets as rows that know their file, sheet, row and column.

`read.read_workbook` reads a whole file, `read.stream_rows` one row at a time; `heading.find_heading` finds the heading
row; `write.write_table` writes a table that no program takes for formulas.
"""
