"""The form of a text: blocks, sentences, tables, pieces of words, clauses, noun phrases."""
