"""Names: companies, people, models, products, benchmarks, chips, outlets."""
