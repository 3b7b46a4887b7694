"""Hours of mentoring as papers and figures: statements of a pair, the payroll copy, each organisation's own count, R6."""
