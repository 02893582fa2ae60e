"""What a request's texts tell: which program asked, where the visitor came from. Offline, once per distinct text."""
