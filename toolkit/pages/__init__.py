"""Self-contained pages of HTML: words, figures and charts that load nothing, and run nothing but a script of ours."""
