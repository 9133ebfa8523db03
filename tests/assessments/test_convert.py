"""Open edX problems become questions of the draft: the action, the page, and the way back."""
