"""The only SQL in the house: schema, articles, facts, search, journal."""
