"""One line of Vietnamese about a sale, a lost deal, a day's work or a promise."""
