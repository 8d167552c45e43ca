"""The panes: each draws what it is handed and posts messages; none knows its siblings."""
