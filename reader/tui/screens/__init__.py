"""The screens: state, and the verbs that change it."""
