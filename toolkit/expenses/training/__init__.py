"""Training, at build time and for a member's own refit: scikit-learn in, a `classifier.model.Model` out."""
