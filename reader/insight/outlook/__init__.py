"""What is unsure or to come: hedges, forecasts, commitments, horizons."""
