"""What the verbs do on the briefing screen, one module a group."""
