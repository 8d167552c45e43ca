"""Who says what: quotes, statements, speakers, credits, the voice of each sentence."""
