"""Lists of applications, quick with a hundred thousand of them: filters, orders, sums by stage."""
